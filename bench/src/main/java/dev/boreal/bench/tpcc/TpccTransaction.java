package dev.boreal.bench.tpcc;

import java.sql.SQLException;

/** One transaction with its input, which may be run several times. */
sealed interface TpccTransaction permits NewOrder, Payment, OrderStatus, Delivery, StockLevel {

    /** What terminals do, with its share in a hundred (clause 5.2.3). */
    enum Kind {
        NEW_ORDER(45),
        PAYMENT(43),
        ORDER_STATUS(4),
        DELIVERY(4),
        STOCK_LEVEL(4);

        final int share;

        Kind(int share) {
            this.share = share;
        }

        static Kind at(int percentile) {
            int rest = percentile;
            for (Kind kind : values()) {
                if (rest < kind.share) {
                    return kind;
                }
                rest -= kind.share;
            }
            throw new IllegalArgumentException("percentile " + percentile);
        }
    }

    /** Runs the transaction up to its commit or, where its input asks for it, its rollback. */
    void run(Terminal terminal) throws SQLException;

    static TpccTransaction of(Kind kind, TpccRandom random, TpccSize size, int warehouse) {
        return switch (kind) {
            case NEW_ORDER -> NewOrder.of(random, size, warehouse);
            case PAYMENT -> Payment.of(random, size, warehouse);
            case ORDER_STATUS -> OrderStatus.of(random, warehouse);
            case DELIVERY -> new Delivery(warehouse, random.between(1, 10));
            case STOCK_LEVEL ->
                new StockLevel(warehouse, random.between(1, TpccSize.DISTRICTS), random.between(10, 20));
        };
    }

    static int otherWarehouse(TpccRandom random, TpccSize size, int warehouse) {
        int other = random.between(1, size.warehouses() - 1);
        return other >= warehouse ? other + 1 : other;
    }
}
