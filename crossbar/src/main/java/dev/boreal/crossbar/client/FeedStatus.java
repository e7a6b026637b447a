package dev.boreal.crossbar.client;

/**
 * How a feed is doing, for people.
 *
 * @param crossbar the one in use, empty while there is none
 * @param watermark the last one handed on, {@link Long#MIN_VALUE} for none
 * @param breaks how often it had to be continued
 * @param lastBreak why it broke last, empty if it never did
 */
public record FeedStatus(String crossbar, long watermark, long breaks, String lastBreak) {}
