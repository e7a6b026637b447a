package dev.boreal.pgwire.conversation;

/** Why a conversation came to rest. */
public enum Outcome {
    /** Everything whole has been read. */
    NEEDS_INPUT,
    /** The next step may wait: advance again where that is allowed. */
    WOULD_BLOCK,
    /** Enough has been written to be sent before the next message is read. */
    OUTPUT_FULL,
    /** Send what is written, then encrypt. */
    START_TLS,
    /** The client already speaks TLS: its bytes stay unread for the decryption. */
    START_DIRECT_TLS,
    /** Send what is written, then close. */
    CLOSE
}
