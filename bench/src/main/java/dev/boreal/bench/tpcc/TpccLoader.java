package dev.boreal.bench.tpcc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/** Fills the tables as clause 4.3.3 describes, a warehouse after the other. */
final class TpccLoader {
    private static final String NULL = "\\N";
    private static final String NOW = "2026-01-01 00:00:00";

    private final Connection connection;
    private final TpccSize size;
    private final TpccRandom random;
    private final Consumer<String> progress;

    TpccLoader(Connection connection, TpccSize size, Consumer<String> progress) {
        this.connection = connection;
        this.size = size;
        this.random = new TpccRandom(1, size);
        this.progress = progress;
    }

    void load() throws SQLException {
        progress.accept("loading " + size.items() + " items");
        try (CopyTarget items = new CopyTarget(connection, "item")) {
            for (int i = 1; i <= size.items(); i++) {
                items.row(i, random.between(1, 10_000), random.text(14, 24), price(1, 100), data());
            }
            items.finish();
        }
        for (int w = 1; w <= size.warehouses(); w++) {
            progress.accept("loading warehouse " + w + " of " + size.warehouses());
            warehouse(w);
            stock(w);
            for (int d = 1; d <= TpccSize.DISTRICTS; d++) {
                customers(w, d);
                orders(w, d);
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE");
        }
    }

    private void warehouse(int w) throws SQLException {
        // Every customer has paid 10.00.
        int districtPayments = 10 * size.customers();
        try (CopyTarget warehouses = new CopyTarget(connection, "warehouse")) {
            warehouses.row(
                    w,
                    random.text(6, 10),
                    street(),
                    street(),
                    street(),
                    state(),
                    zip(),
                    tax(),
                    TpccSize.DISTRICTS * districtPayments);
            warehouses.finish();
        }
        try (CopyTarget districts = new CopyTarget(connection, "district")) {
            for (int d = 1; d <= TpccSize.DISTRICTS; d++) {
                districts.row(
                        d,
                        w,
                        random.text(6, 10),
                        street(),
                        street(),
                        street(),
                        state(),
                        zip(),
                        tax(),
                        districtPayments,
                        size.customers() + 1);
            }
            districts.finish();
        }
    }

    private void stock(int w) throws SQLException {
        try (CopyTarget stock = new CopyTarget(connection, "stock")) {
            for (int i = 1; i <= size.items(); i++) {
                String information = random.text(24, 24);
                stock.row(
                        i,
                        w,
                        random.between(10, 100),
                        information,
                        information,
                        information,
                        information,
                        information,
                        information,
                        information,
                        information,
                        information,
                        information,
                        0,
                        0,
                        0,
                        data());
            }
            stock.finish();
        }
    }

    private void customers(int w, int d) throws SQLException {
        try (CopyTarget customers = new CopyTarget(connection, "customer")) {
            for (int c = 1; c <= size.customers(); c++) {
                customers.row(
                        c,
                        d,
                        w,
                        random.text(8, 16),
                        "OE",
                        random.lastNameOf(c),
                        street(),
                        street(),
                        street(),
                        state(),
                        zip(),
                        random.text(16, 16),
                        NOW,
                        random.percent(10) ? "BC" : "GC",
                        "50000.00",
                        decimal(random.between(0, 5000), 4),
                        "-10.00",
                        "10.00",
                        1,
                        0,
                        random.text(300, 500));
            }
            customers.finish();
        }
        try (CopyTarget history = new CopyTarget(connection, "history")) {
            for (int c = 1; c <= size.customers(); c++) {
                history.row(c, d, w, d, w, NOW, "10.00", random.text(12, 24));
            }
            history.finish();
        }
    }

    private void orders(int w, int d) throws SQLException {
        int[] customers = random.permutation(size.customers());
        int[] lines = new int[size.customers() + 1];
        try (CopyTarget orders = new CopyTarget(connection, "orders")) {
            for (int o = 1; o <= size.customers(); o++) {
                lines[o] = random.between(5, 15);
                Object carrier = delivered(o) ? random.between(1, 10) : NULL;
                orders.row(o, d, w, customers[o - 1], NOW, carrier, lines[o], 1);
            }
            orders.finish();
        }
        try (CopyTarget newOrders = new CopyTarget(connection, "new_order")) {
            for (int o = size.deliveredOrders() + 1; o <= size.customers(); o++) {
                newOrders.row(o, d, w);
            }
            newOrders.finish();
        }
        try (CopyTarget orderLines = new CopyTarget(connection, "order_line")) {
            for (int o = 1; o <= size.customers(); o++) {
                for (int n = 1; n <= lines[o]; n++) {
                    orderLines.row(
                            o,
                            d,
                            w,
                            n,
                            random.between(1, size.items()),
                            w,
                            delivered(o) ? NOW : NULL,
                            5,
                            delivered(o) ? "0.00" : decimal(random.between(1, 999_999), 2),
                            random.text(24, 24));
                }
            }
            orderLines.finish();
        }
    }

    private boolean delivered(int order) {
        return order <= size.deliveredOrders();
    }

    private String street() {
        return random.text(10, 20);
    }

    private String state() {
        return random.text(2, 2);
    }

    private String zip() {
        return decimal(random.between(0, 9999), 4).substring(2) + "11111";
    }

    private String tax() {
        return decimal(random.between(0, 2000), 4);
    }

    private String price(int from, int to) {
        return decimal(random.between(from * 100, to * 100), 2);
    }

    private String data() {
        String text = random.text(26, 50);
        return random.percent(10) ? text.substring(0, 10) + "ORIGINAL" + text.substring(18) : text;
    }

    /** {@code unscaled} with so many decimals. */
    static String decimal(int unscaled, int decimals) {
        return java.math.BigDecimal.valueOf(unscaled, decimals).toPlainString();
    }
}
