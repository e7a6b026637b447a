package dev.boreal.queryprocessor.copy;

import dev.boreal.contracts.sql.SqlException;
import java.util.List;

/** COPY FROM in binary format: a header, rows of counted fields, and a trailer that may be missing. */
final class BinaryReader extends CopyReader {
    static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};

    private static final int OIDS_FLAG = 1 << 16;
    private static final int FIXED_HEADER = SIGNATURE.length + 8;

    private boolean headerSeen;
    private boolean inRow;
    private boolean trailerSeen;

    BinaryReader(String relation, List<String> columns) {
        super(relation, columns);
    }

    @Override
    void moved(int by) {}

    @Override
    boolean advance() {
        if (!headerSeen && !passHeader()) {
            return false;
        }
        if (trailerSeen) {
            return afterTrailer();
        }
        if (!inRow) {
            line++;
            inRow = true;
        }
        if (limit - start < 2) {
            finished = ended;
            return false;
        }
        int count = (short) ((input[start] << 8) | (input[start + 1] & 0xff));
        if (count == -1) {
            start += 2;
            trailerSeen = true;
            return afterTrailer();
        }
        if (count != columns.size()) {
            throw badFormat("row field count is " + count + ", expected " + columns.size());
        }
        return readFields();
    }

    private boolean afterTrailer() {
        if (start < limit) {
            throw badFormat("received copy data after EOF marker");
        }
        finished = ended;
        return false;
    }

    private boolean readFields() {
        int at = start + 2;
        for (int i = 0; i < offsets.length; i++) {
            if (limit - at < 4) {
                return needsMore(i);
            }
            int length = integerAt(at);
            at += 4;
            if (length < NULL) {
                throw located(badFormat("invalid field size"), i);
            }
            offsets[i] = at;
            lengths[i] = length;
            if (length > limit - at) {
                return needsMore(i);
            }
            at += Math.max(0, length);
        }
        start = at;
        inRow = false;
        fields = input;
        return true;
    }

    private boolean needsMore(int column) {
        if (ended) {
            throw located(badFormat("unexpected EOF in COPY data"), column);
        }
        return false;
    }

    private boolean passHeader() {
        int seen = limit - start;
        if (seen < FIXED_HEADER && !ended) {
            return false;
        }
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (i >= seen || input[start + i] != SIGNATURE[i]) {
                throw badFormat("COPY file signature not recognized");
            }
        }
        if (seen < SIGNATURE.length + 4) {
            throw header("missing flags");
        }
        int flags = integerAt(start + SIGNATURE.length);
        if ((flags & OIDS_FLAG) != 0) {
            throw header("WITH OIDS");
        }
        if (flags >>> 16 != 0) {
            throw badFormat("unrecognized critical flags in COPY file header");
        }
        int extension = seen < FIXED_HEADER ? -1 : integerAt(start + SIGNATURE.length + 4);
        if (extension < 0) {
            throw header("missing length");
        }
        if (extension > seen - FIXED_HEADER) {
            if (ended) {
                throw header("wrong length");
            }
            return false;
        }
        start += FIXED_HEADER + extension;
        headerSeen = true;
        return true;
    }

    private static SqlException header(String what) {
        return badFormat("invalid COPY file header (" + what + ")");
    }

    private int integerAt(int at) {
        return (input[at] & 0xff) << 24
                | (input[at + 1] & 0xff) << 16
                | (input[at + 2] & 0xff) << 8
                | (input[at + 3] & 0xff);
    }

    @Override
    String lineText() {
        return "";
    }

    @Override
    boolean showsText() {
        return false;
    }
}
