package dev.boreal.pgwire.conversation;

import dev.boreal.pgwire.authentication.AuthenticationMethod;
import dev.boreal.pgwire.authentication.ScramSecrets;

/**
 * On which terms clients are spoken to; the same for every connection of a server.
 *
 * @param tlsOffered whether the wire can be encrypted
 * @param largestMessageBytes what the length field of a message may say at most
 */
public record Terms(
        AuthenticationMethod authentication,
        ScramSecrets scram,
        boolean tlsOffered,
        int largestMessageBytes,
        Admission admission) {}
