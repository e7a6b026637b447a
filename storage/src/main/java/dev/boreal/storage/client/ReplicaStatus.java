package dev.boreal.storage.client;

/**
 * How a replica has answered, for people.
 *
 * @param name its name
 * @param avoided whether others are asked before it at present
 * @param failures how often in a row it did not answer, or refused
 * @param lastFailure what it said last, empty if it never failed
 */
public record ReplicaStatus(String name, boolean avoided, int failures, String lastFailure) {}
