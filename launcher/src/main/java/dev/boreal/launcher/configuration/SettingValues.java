package dev.boreal.launcher.configuration;

import java.time.Duration;
import java.util.Locale;

/** How people write sizes and times: {@code 64MB}, {@code 5min}, with PostgreSQL's units. */
final class SettingValues {
    private static final long KIBI = 1024;

    private SettingValues() {}

    /** A number of bytes; without a unit, bytes. */
    static long bytes(String text) {
        int end = endOfNumber(text);
        String unit = text.substring(end).strip().toUpperCase(Locale.ROOT);
        long factor = switch (unit) {
            case "", "B" -> 1;
            case "K", "KB" -> KIBI;
            case "M", "MB" -> KIBI * KIBI;
            case "G", "GB" -> KIBI * KIBI * KIBI;
            case "T", "TB" -> KIBI * KIBI * KIBI * KIBI;
            default -> throw new IllegalArgumentException("has no unit B, kB, MB, GB or TB");
        };
        return multiply(number(text, end), factor);
    }

    /** A duration; without a unit, milliseconds. */
    static Duration duration(String text) {
        int end = endOfNumber(text);
        String unit = text.substring(end).strip().toLowerCase(Locale.ROOT);
        long factorNanos = switch (unit) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "", "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "min" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> throw new IllegalArgumentException("has no unit ns, us, ms, s, min, h or d");
        };
        return Duration.ofNanos(multiply(number(text, end), factorNanos));
    }

    static int integer(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a whole number", e);
        }
    }

    private static int endOfNumber(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static long number(String text, int end) {
        try {
            return Long.parseLong(text, 0, end, 10);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("does not begin with a whole number", e);
        }
    }

    private static long multiply(long number, long factor) {
        try {
            return Math.multiplyExact(number, factor);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is too large", e);
        }
    }
}
