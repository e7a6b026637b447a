package dev.boreal.simulation.world;

import dev.boreal.clock.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Carries messages late. Links keep their order; datagrams may be lost, doubled and overtaken. A direction between two nodes
 * can be cut: datagrams vanish then, and a link breaks once something was sent over it.
 */
public final class Network {
    private static final long RETRANSMISSION = 4 * World.MILLISECOND;
    private static final long SILENCE = 40 * World.MILLISECOND;

    private final World world;
    private final Chance chance;
    private final List<Link> links = new ArrayList<>();
    private final TreeMap<String, Integer> cuts = new TreeMap<>();
    private long localDelay = 50 * World.MICROSECOND;
    private long zoneDelay = 300 * World.MICROSECOND;
    private int lossInTenThousand;
    private int doubledInTenThousand;
    private int slowInTenThousand = 20;

    Network(World world) {
        this.world = world;
        this.chance = world.chance().fork();
    }

    public void setDelays(long local, long betweenZones) {
        localDelay = local;
        zoneDelay = betweenZones;
    }

    /** How many of ten thousand messages are lost, come twice, or are very slow. */
    public void setQuality(int lost, int doubled, int slow) {
        lossInTenThousand = lost;
        doubledInTenThousand = doubled;
        slowInTenThousand = slow;
    }

    /** Nothing goes from one node to another until {@link #heal} was called as often. */
    public void cut(Node from, Node to) {
        world.say("network", "cut", from.name() + " -> " + to.name());
        cuts.merge(from.name() + " " + to.name(), 1, Integer::sum);
    }

    public void heal(Node from, Node to) {
        world.say("network", "heal", from.name() + " -> " + to.name());
        cuts.computeIfPresent(from.name() + " " + to.name(), (pair, count) -> count == 1 ? null : count - 1);
    }

    private boolean isCut(Node from, Node to) {
        return !cuts.isEmpty() && cuts.containsKey(from.name() + " " + to.name());
    }

    /** Mostly near the base, now and then a multiple of it. */
    private long delay(Node from, Node to) {
        long base = from.zone().equals(to.zone()) ? localDelay : zoneDelay;
        long delay = base + base * chance.below(100) / 200;
        return chance.below(10_000) < slowInTenThousand ? delay * chance.between(5, 60) : delay;
    }

    void datagram(Node from, Node to, Object message) {
        int since = to.incarnation();
        if (isCut(from, to) || chance.below(10_000) < lossInTenThousand) {
            world.say(from.name(), "lost", to.name() + " " + message);
            return;
        }
        int copies = chance.below(10_000) < doubledInTenThousand ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            world.after(delay(from, to), () -> {
                world.say(to.name(), "hears", new Said(from.name(), message));
                to.run(since, () -> to.datagram(from.name(), message));
            });
        }
    }

    private record Said(String from, Object message) {
        @Override
        public String toString() {
            return "from " + from + ": " + message;
        }
    }

    Link connect(Node from, Node to, Object hello, LinkEnd end) {
        Link link = new Link(this, from, to, end);
        links.add(link);
        if (isCut(from, to) || isCut(to, from)) {
            world.after(SILENCE, () -> breakLink(link));
            return link;
        }
        long delay = delay(from, to);
        link.server().lastArrival = world.now() + delay;
        world.after(delay, () -> {
            if (!to.isUp() || to.incarnation() != link.server().incarnation) {
                breakLink(link);
            } else {
                world.say(to.name(), "accepts", new Said(from.name(), hello));
                to.run(link.server().incarnation, () -> accept(link, hello));
            }
        });
        return link;
    }

    private void accept(Link link, Object hello) {
        if (link.isBroken()) {
            return;
        }
        LinkEnd end = link.server().node.accept(link, hello);
        if (end == null) {
            breakLink(link);
        }
        link.server().end = end;
    }

    void send(Link link, Link.Side from, Link.Side to, Object message) {
        if (isCut(from.node, to.node)) {
            world.say(from.node.name(), "lost", to.node.name() + " " + message);
            world.after(chance.below((int) SILENCE), () -> breakLink(link));
            to.lastArrival = Long.MAX_VALUE;
            return;
        }
        if (to.lastArrival == Long.MAX_VALUE) {
            return;
        }
        long delay = delay(from.node, to.node);
        if (chance.below(10_000) < lossInTenThousand) {
            delay += RETRANSMISSION;
        }
        to.lastArrival = Math.max(to.lastArrival, world.now() + delay);
        world.after(to.lastArrival - world.now(), () -> {
            if (!link.isBroken()) {
                world.say(to.node.name(), "hears", new Said(from.node.name(), message));
                to.node.run(to.incarnation, () -> arrive(to, message));
            }
        });
    }

    private static void arrive(Link.Side to, Object message) {
        LinkEnd end = to.end;
        if (end != null && !to.told) {
            end.onMessage(message);
        }
    }

    void breakLink(Link link) {
        if (!link.markBroken()) {
            return;
        }
        links.remove(link);
        tell(link.client());
        tell(link.server());
    }

    private void tell(Link.Side side) {
        if (side.told) {
            return;
        }
        world.after(
                delay(side.node, side.node),
                () -> side.node.run(side.incarnation, () -> {
                    LinkEnd end = side.end;
                    if (!side.told && end != null) {
                        side.told = true;
                        end.onBroken();
                    }
                }));
    }

    void crashed(Node node) {
        for (Link link : List.copyOf(links)) {
            if (link.joins(node)) {
                links.remove(link);
                if (chance.oneIn(3)) {
                    world.after(chance.below((int) SILENCE), () -> breakLink(link));
                } else {
                    breakLink(link);
                }
            }
        }
    }
}
