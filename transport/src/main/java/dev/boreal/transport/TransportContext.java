package dev.boreal.transport;

/** What all clients and servers of one process share. */
public record TransportContext(TransportLoops loops, TransportSettings settings, LinkIdentity self) {}
