package dev.boreal.bench.tpcc;

import java.util.SplittableRandom;

/** The random inputs of the specification's clauses 2.1.6 and 4.3.2. Not thread-safe. */
final class TpccRandom {
    private static final String[] SYLLABLES = {
        "BAR", "OUGHT", "ABLE", "PRI", "PRES", "ESE", "ANTI", "CALLY", "ATION", "EING"
    };
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    // Clause 2.1.6: constants of the non-uniform distribution, the same for all terminals of a run.
    private static final int NAME_CONSTANT = 123;
    private static final int CUSTOMER_CONSTANT = 259;
    private static final int ITEM_CONSTANT = 7911;

    private final SplittableRandom random;
    private final TpccSize size;

    TpccRandom(long seed, TpccSize size) {
        this.random = new SplittableRandom(seed);
        this.size = size;
    }

    /** Uniform in {@code [from, to]}. */
    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    /** True in {@code percent} of 100 cases. */
    boolean percent(int percent) {
        return random.nextInt(100) < percent;
    }

    private int nonUniform(int a, int constant, int from, int to) {
        return ((between(0, a) | between(from, to)) + constant) % (to - from + 1) + from;
    }

    int customer() {
        return nonUniform(1023, CUSTOMER_CONSTANT, 1, size.customers());
    }

    int item() {
        return nonUniform(8191, ITEM_CONSTANT, 1, size.items());
    }

    /** A last name that some customer has. */
    String lastName() {
        return lastName(nonUniform(255, NAME_CONSTANT, 0, Math.min(999, size.customers() - 1)));
    }

    /** The last name of a customer when the data are loaded: the first thousand have one each. */
    String lastNameOf(int customer) {
        return customer <= 1000 ? lastName(customer - 1) : lastName();
    }

    static String lastName(int number) {
        return SYLLABLES[number / 100] + SYLLABLES[number / 10 % 10] + SYLLABLES[number % 10];
    }

    String text(int shortest, int longest) {
        int length = between(shortest, longest);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** Numbers 1 to {@code n} in random order. */
    int[] permutation(int n) {
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            numbers[i] = numbers[j];
            numbers[j] = i + 1;
        }
        return numbers;
    }
}
