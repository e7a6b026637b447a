package dev.boreal.transport.journal;

import com.google.protobuf.Parser;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.wire.JournalCalls;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.link.DoorKind;
import dev.boreal.transport.link.LinkHandler;
import dev.boreal.transport.link.ServerDoor;
import dev.boreal.transport.link.ServerStream;

/** Offers a journal of this process to others. */
public final class JournalDoor implements ServerDoor<JournalCalls> {
    private final String name;
    private final Journal journal;
    private final TransportSettings settings;

    /** @param name which journal, where a process has several */
    public JournalDoor(String name, Journal journal, TransportSettings settings) {
        this.name = name;
        this.journal = journal;
        this.settings = settings;
    }

    @Override
    public DoorKind kind() {
        return DoorKind.JOURNAL;
    }

    @Override
    public String instance() {
        return name;
    }

    @Override
    public Parser<JournalCalls> parser() {
        return JournalCalls.parser();
    }

    @Override
    public LinkHandler<JournalCalls> accept(ServerStream stream) {
        return new JournalSession(journal, stream, settings);
    }
}
