package dev.boreal.launcher.service;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The least of a PostgreSQL client: sends simple queries and reads answers away. One thread. */
public final class SimpleClient implements AutoCloseable {
    private static final int PROTOCOL_3_0 = 3 << 16;
    private static final int TIMEOUT_MILLIS = 15_000;

    private final Socket socket;
    private final DataInputStream in;

    private SimpleClient(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Opens a session of user postgres, who needs no password. */
    public static SimpleClient connect(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            SimpleClient client = new SimpleClient(socket);
            client.startUp();
            return client;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void startUp() throws IOException {
        byte[] parameters = "user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(message);
        out.writeInt(8 + parameters.length);
        out.writeInt(PROTOCOL_3_0);
        out.write(parameters);
        socket.getOutputStream().write(message.toByteArray());
        readUntilReady();
    }

    /** Runs a statement; false if it ended in an error. */
    public boolean query(String statement) throws IOException {
        byte[] text = (statement + "\0").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(message);
        out.writeByte('Q');
        out.writeInt(4 + text.length);
        out.write(text);
        socket.getOutputStream().write(message.toByteArray());
        return readUntilReady();
    }

    /** Reads up to ReadyForQuery; false if there was an error on the way. */
    private boolean readUntilReady() throws IOException {
        boolean successful = true;
        while (true) {
            int kind = in.readUnsignedByte();
            in.skipNBytes(in.readInt() - 4L);
            if (kind == 'Z') {
                return successful;
            }
            successful &= kind != 'E';
        }
    }

    @Override
    public void close() throws IOException {
        try (socket) {
            socket.getOutputStream().write(new byte[] {'X', 0, 0, 0, 4});
        }
    }
}
