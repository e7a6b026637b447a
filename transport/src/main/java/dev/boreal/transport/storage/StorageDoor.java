package dev.boreal.transport.storage;

import com.google.protobuf.Parser;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.wire.StorageCalls;
import dev.boreal.transport.TransportSettings;
import dev.boreal.transport.link.DoorKind;
import dev.boreal.transport.link.LinkHandler;
import dev.boreal.transport.link.ServerDoor;
import dev.boreal.transport.link.ServerStream;

/** Offers a storage replica of this process to others. */
public final class StorageDoor implements ServerDoor<StorageCalls> {
    private final ReachedStorage storage;
    private final TransportSettings settings;

    public StorageDoor(Storage storage, TransportSettings settings) {
        this.storage = new ReachedStorage(storage);
        this.settings = settings;
    }

    @Override
    public DoorKind kind() {
        return DoorKind.STORAGE;
    }

    @Override
    public String instance() {
        return "";
    }

    @Override
    public Parser<StorageCalls> parser() {
        return StorageCalls.parser();
    }

    @Override
    public LinkHandler<StorageCalls> accept(ServerStream stream) {
        return new StorageSession(storage, stream, settings);
    }
}
