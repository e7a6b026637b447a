package dev.boreal.bench.tpcc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Clause 2.6: a customer's last order. Reads only. */
record OrderStatus(int warehouse, int district, CustomerChoice choice) implements TpccTransaction {

    static OrderStatus of(TpccRandom random, int warehouse) {
        return new OrderStatus(warehouse, random.between(1, TpccSize.DISTRICTS), CustomerChoice.of(random));
    }

    @Override
    public void run(Terminal terminal) throws SQLException {
        int customer = choice.find(terminal, warehouse, district);
        int order;
        int lines;
        try (ResultSet rows = terminal.query(
                "SELECT o_id, o_ol_cnt, o_entry_d, o_carrier_id FROM orders"
                        + " WHERE o_w_id = ? AND o_d_id = ? AND o_c_id = ? ORDER BY o_id DESC LIMIT 1",
                warehouse,
                district,
                customer)) {
            Terminal.mustHaveRow(rows, "order");
            order = rows.getInt(1);
            lines = rows.getInt(2);
        }
        int seen = 0;
        try (ResultSet rows = terminal.query(
                "SELECT ol_i_id, ol_supply_w_id, ol_quantity, ol_amount, ol_delivery_d FROM order_line"
                        + " WHERE ol_w_id = ? AND ol_d_id = ? AND ol_o_id = ?",
                warehouse,
                district,
                order)) {
            while (rows.next()) {
                seen++;
            }
        }
        if (seen != lines) {
            throw new SQLException("order " + order + " should have " + lines + " lines, has " + seen);
        }
        terminal.commit();
    }
}
