package dev.boreal.adjudicator.client;

import dev.boreal.clock.Timer;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.Adjudicator.Leadership;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the leader by asking every candidate, round after round, and keeps those who wait for it. Whoever says first that
 * it leads is taken, and left for another one that leads in a higher epoch: nobody waits for a candidate that is silent,
 * and one that does not know yet that it has been succeeded merely refuses.
 *
 * <p>Any thread. Nothing is called under the monitor.
 */
final class LeaderSearch {
    private final AdjudicatorClientConfiguration configuration;
    private final Timer timer;
    private final Consumer<Route> found;
    private final Set<Consumer<Route>> waiting = new LinkedHashSet<>(); // guarded by this
    private Map<String, Adjudicator> candidates; // guarded by this
    private boolean searching; // guarded by this
    private long pause; // guarded by this
    private volatile @Nullable Route route;

    /** @param found hears of every leader that is found */
    LeaderSearch(
            Map<String, ? extends Adjudicator> candidates,
            AdjudicatorClientConfiguration configuration,
            Timer timer,
            Consumer<Route> found) {
        this.candidates = new LinkedHashMap<>(candidates);
        this.configuration = configuration;
        this.timer = timer;
        this.found = found;
        this.pause = configuration.firstPause().toNanos();
    }

    @Nullable Route route() {
        return route;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    void candidates(Map<String, ? extends Adjudicator> replaced) {
        synchronized (this) {
            candidates = new LinkedHashMap<>(replaced);
            Route known = route;
            if (known != null && !known.door().equals(candidates.get(known.name()))) {
                route = null;
            }
        }
        search();
    }

    /** Calls {@code traveller} with the route, at once or when there is one; false if too many wait. */
    boolean travel(Consumer<Route> traveller) {
        Route known;
        synchronized (this) {
            known = route;
            if (known == null) {
                if (waiting.size() >= configuration.maximumWaiting()) {
                    return false;
                }
                waiting.add(traveller);
            }
        }
        if (known == null) {
            search();
        } else {
            traveller.accept(known);
        }
        return true;
    }

    synchronized void stopWaiting(Consumer<Route> traveller) {
        waiting.remove(traveller);
    }

    /** The route led nowhere. */
    void forget(Route failed) {
        synchronized (this) {
            if (failed.equals(route)) {
                route = null;
            }
        }
    }

    /** Asks everybody who leads, if nobody is being asked. */
    void search() {
        Map<String, Adjudicator> asked;
        synchronized (this) {
            if (searching) {
                return;
            }
            searching = true;
            asked = candidates;
            timer.after(pause, this::nextRound);
            pause = Math.min(2 * pause, configuration.longestPause().toNanos());
        }
        asked.forEach((name, door) -> {
            try {
                door.leadership(leadership -> heard(name, door, leadership));
            } catch (RuntimeException e) {
                heard(name, door, Leadership.UNKNOWN);
            }
        });
    }

    private void nextRound() {
        boolean again;
        synchronized (this) {
            searching = false;
            again = route == null && !waiting.isEmpty();
        }
        if (again) {
            search();
        }
    }

    private void heard(String name, Adjudicator door, Leadership leadership) {
        Route fresh;
        List<Consumer<Route>> travellers;
        synchronized (this) {
            Route known = route;
            boolean better = known == null || leadership.epoch() > known.epoch();
            if (!leadership.leading() || !better || !door.equals(candidates.get(name))) {
                return;
            }
            fresh = new Route(name, door, leadership.epoch());
            route = fresh;
            pause = configuration.firstPause().toNanos();
            travellers = List.copyOf(waiting);
            waiting.clear();
        }
        found.accept(fresh);
        travellers.forEach(traveller -> traveller.accept(fresh));
    }
}
