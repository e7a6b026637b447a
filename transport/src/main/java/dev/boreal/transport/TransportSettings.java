package dev.boreal.transport;

import java.time.Duration;

/**
 * How streams behave. One record for a whole process.
 *
 * @param signOfLife how often the end that opened a stream says something, at least
 * @param silence after how long without a word from the other end the opener of a stream gives it up; the other end is
 *     four times as patient
 * @param firstPause how long to wait before connecting again; doubles with every failure
 * @param longestPause the longest such wait
 * @param answerTimeout after how long a call that should not take long is answered as unknown
 * @param callsUnderWay how many calls may wait for an answer on one stream; more are refused as overload
 * @param bytesUnderWay how many bytes of calls may wait for an answer on one stream; more are refused as overload
 * @param feedBytes how many bytes of a feed may be on the way to a slow subscriber
 * @param largestMessage bytes that one message may have
 * @param beyondLoopback whether a server may listen on other addresses than the machine's own loopback
 */
public record TransportSettings(
        Duration signOfLife,
        Duration silence,
        Duration firstPause,
        Duration longestPause,
        Duration answerTimeout,
        int callsUnderWay,
        long bytesUnderWay,
        int feedBytes,
        int largestMessage,
        boolean beyondLoopback) {

    public static final TransportSettings DEFAULT = new TransportSettings(
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofMillis(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            16_384,
            256L << 20,
            4 << 20,
            Integer.MAX_VALUE,
            false);

    public TransportSettings {
        if (signOfLife.isNegative() || signOfLife.isZero() || silence.compareTo(signOfLife.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "a stream that says something every " + signOfLife + " cannot be given up after " + silence);
        }
        if (callsUnderWay < 1 || bytesUnderWay < 1 || feedBytes < 1 || largestMessage < 1) {
            throw new IllegalArgumentException("the bounds of a stream must be above zero");
        }
    }

    public TransportSettings withSilence(Duration word, Duration limit) {
        return new TransportSettings(
                word,
                limit,
                firstPause,
                longestPause,
                answerTimeout,
                callsUnderWay,
                bytesUnderWay,
                feedBytes,
                largestMessage,
                beyondLoopback);
    }

    public TransportSettings withAnswerTimeout(Duration timeout) {
        return new TransportSettings(
                signOfLife,
                silence,
                firstPause,
                longestPause,
                timeout,
                callsUnderWay,
                bytesUnderWay,
                feedBytes,
                largestMessage,
                beyondLoopback);
    }

    public TransportSettings withCallsUnderWay(int calls) {
        return new TransportSettings(
                signOfLife,
                silence,
                firstPause,
                longestPause,
                answerTimeout,
                calls,
                bytesUnderWay,
                feedBytes,
                largestMessage,
                beyondLoopback);
    }

    public TransportSettings withFeedBytes(int bytes) {
        return new TransportSettings(
                signOfLife,
                silence,
                firstPause,
                longestPause,
                answerTimeout,
                callsUnderWay,
                bytesUnderWay,
                bytes,
                largestMessage,
                beyondLoopback);
    }

    public TransportSettings listeningBeyondLoopback() {
        return new TransportSettings(
                signOfLife,
                silence,
                firstPause,
                longestPause,
                answerTimeout,
                callsUnderWay,
                bytesUnderWay,
                feedBytes,
                largestMessage,
                true);
    }
}
