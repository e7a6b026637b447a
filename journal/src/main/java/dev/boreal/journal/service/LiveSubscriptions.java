package dev.boreal.journal.service;

import java.util.Arrays;

/** An immutable list that is replaced when somebody comes or goes. */
final class LiveSubscriptions {
    static final Subscription[] NOBODY = new Subscription[0];

    private LiveSubscriptions() {}

    static Subscription[] with(Subscription[] live, Subscription joining) {
        Subscription[] more = Arrays.copyOf(live, live.length + 1);
        more[live.length] = joining;
        return more;
    }

    /** The same list if it is not in it. */
    static Subscription[] without(Subscription[] live, Subscription leaving) {
        int index = Arrays.asList(live).indexOf(leaving);
        if (index < 0) {
            return live;
        }
        Subscription[] fewer = Arrays.copyOf(live, live.length - 1);
        System.arraycopy(live, index + 1, fewer, index, fewer.length - index);
        return fewer;
    }
}
