package dev.boreal.transport.call;

import com.google.protobuf.MessageLite;

/** A call to which nothing comes back; dropped with the stream. */
public final class Note<C extends MessageLite, A> extends Call<C, A> {
    public Note(long id, C message) {
        super(id, message);
    }

    @Override
    public boolean wantsAnswer() {
        return false;
    }

    @Override
    public boolean answered(A answer) {
        return true;
    }

    @Override
    public void broken(boolean sent, String reason) {
        // Whatever it was about ends with the stream.
    }
}
