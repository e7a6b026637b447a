package dev.boreal.pgwire.scripted;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends bytes and reads messages one by one as text. */
public final class WireClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    public WireClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            // The server has closed already, which reading tells.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the messages of {@link FrontendScript} in one piece. */
    public void say(String... messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String message : messages) {
            bytes.writeBytes(FrontendScript.encode(message));
        }
        send(bytes.toByteArray());
    }

    /** Opens a session as alice. */
    public WireClient login() {
        say("Startup 3.0 user=alice database=test");
        String line;
        do {
            line = read();
            if (line.startsWith("ErrorResponse") || line.equals("Closed")) {
                throw new IllegalStateException(line);
            }
        } while (!line.startsWith("ReadyForQuery"));
        return this;
    }

    /** The next message as text, {@code Closed} at the end. */
    public String read() {
        try {
            int type = in.read();
            if (type < 0) {
                return "Closed";
            }
            byte[] body = new byte[in.readInt() - 4];
            in.readFully(body);
            return BackendScript.decode((char) type, body);
        } catch (EOFException | SocketException e) {
            return "Closed";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The single byte that answers a request for encryption. */
    public String readEncryptionAnswer() {
        try {
            return "Encryption " + (char) in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads up to and with a message that begins so, and returns it. */
    public String readUntil(String prefix) {
        for (String line = read(); ; line = read()) {
            if (line.startsWith(prefix)) {
                return line;
            }
            if (line.equals("Closed")) {
                throw new IllegalStateException("closed before " + prefix);
            }
        }
    }

    /** Says that nothing more will come. */
    public void endInput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
