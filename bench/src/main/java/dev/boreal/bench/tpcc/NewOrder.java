package dev.boreal.bench.tpcc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Clause 2.4: a customer orders 5 to 15 items. One in a hundred names an item that does not exist and is rolled back.
 *
 * @param items ascending, so that two orders touch their common stock in the same order
 */
record NewOrder(int warehouse, int district, int customer, int[] items, int[] suppliers, int[] quantities)
        implements TpccTransaction {
    private static final int NO_SUCH_ITEM = -1;
    private static final String ORDER_LINE = "INSERT INTO order_line (ol_o_id, ol_d_id, ol_w_id, ol_number, ol_i_id,"
            + " ol_supply_w_id, ol_quantity, ol_amount, ol_dist_info) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static NewOrder of(TpccRandom random, TpccSize size, int warehouse) {
        int count = random.between(5, 15);
        int[] items = new int[count];
        int[] suppliers = new int[count];
        int[] quantities = new int[count];
        for (int i = 0; i < count; i++) {
            items[i] = random.item();
            boolean remote = size.warehouses() > 1 && random.percent(1);
            suppliers[i] = remote ? TpccTransaction.otherWarehouse(random, size, warehouse) : warehouse;
            quantities[i] = random.between(1, 10);
        }
        Arrays.sort(items);
        if (random.percent(1)) {
            items[count - 1] = NO_SUCH_ITEM;
        }
        return new NewOrder(
                warehouse, random.between(1, TpccSize.DISTRICTS), random.customer(), items, suppliers, quantities);
    }

    @Override
    public void run(Terminal terminal) throws SQLException {
        BigDecimal factor;
        try (ResultSet rows = terminal.query(
                "SELECT c_discount, c_last, c_credit, w_tax FROM customer JOIN warehouse ON w_id = c_w_id"
                        + " WHERE c_w_id = ? AND c_d_id = ? AND c_id = ?",
                warehouse,
                district,
                customer)) {
            Terminal.mustHaveRow(rows, "customer");
            factor = BigDecimal.ONE.subtract(rows.getBigDecimal(1)).multiply(BigDecimal.ONE.add(rows.getBigDecimal(4)));
        }
        int order;
        try (ResultSet rows = terminal.query(
                "SELECT d_next_o_id, d_tax FROM district WHERE d_w_id = ? AND d_id = ? FOR UPDATE",
                warehouse,
                district)) {
            Terminal.mustHaveRow(rows, "district");
            order = rows.getInt(1);
            factor = factor.add(rows.getBigDecimal(2));
        }
        terminal.changeOne(
                "UPDATE district SET d_next_o_id = ? WHERE d_w_id = ? AND d_id = ?", order + 1, warehouse, district);
        terminal.changeOne(
                "INSERT INTO orders (o_id, o_d_id, o_w_id, o_c_id, o_entry_d, o_ol_cnt, o_all_local)"
                        + " VALUES (?, ?, ?, ?, current_timestamp, ?, ?)",
                order,
                district,
                warehouse,
                customer,
                items.length,
                allLocal());
        terminal.changeOne(
                "INSERT INTO new_order (no_o_id, no_d_id, no_w_id) VALUES (?, ?, ?)", order, district, warehouse);
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 0; i < items.length; i++) {
            if (items[i] == NO_SUCH_ITEM) {
                terminal.rollback();
                return;
            }
            total = total.add(line(terminal, order, i));
        }
        terminal.runBatch(ORDER_LINE);
        if (total.multiply(factor).signum() < 0) {
            throw new SQLException("an order of less than nothing");
        }
        terminal.commit();
    }

    private int allLocal() {
        for (int supplier : suppliers) {
            if (supplier != warehouse) {
                return 0;
            }
        }
        return 1;
    }

    private BigDecimal line(Terminal terminal, int order, int i) throws SQLException {
        BigDecimal price;
        try (ResultSet rows = terminal.query("SELECT i_price, i_name, i_data FROM item WHERE i_id = ?", items[i])) {
            Terminal.mustHaveRow(rows, "item");
            price = rows.getBigDecimal(1);
        }
        int quantity;
        String information;
        try (ResultSet rows = terminal.query(
                "SELECT s_quantity, s_data, s_dist_" + (district < 10 ? "0" : "") + district
                        + " FROM stock WHERE s_w_id = ? AND s_i_id = ? FOR UPDATE",
                suppliers[i],
                items[i])) {
            Terminal.mustHaveRow(rows, "stock");
            quantity = rows.getInt(1);
            information = rows.getString(3);
        }
        int left = quantity - quantities[i];
        terminal.changeOne(
                "UPDATE stock SET s_quantity = ?, s_ytd = s_ytd + ?, s_order_cnt = s_order_cnt + 1,"
                        + " s_remote_cnt = s_remote_cnt + ? WHERE s_w_id = ? AND s_i_id = ?",
                left < 10 ? left + 91 : left,
                quantities[i],
                suppliers[i] == warehouse ? 0 : 1,
                suppliers[i],
                items[i]);
        BigDecimal amount = price.multiply(BigDecimal.valueOf(quantities[i])).setScale(2, RoundingMode.HALF_UP);
        terminal.batch(
                ORDER_LINE,
                order,
                district,
                warehouse,
                i + 1,
                items[i],
                suppliers[i],
                quantities[i],
                amount,
                information);
        return amount;
    }
}
