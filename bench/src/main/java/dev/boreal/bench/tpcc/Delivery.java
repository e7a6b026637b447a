package dev.boreal.bench.tpcc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Clause 2.7: delivers the oldest new order of each district. */
record Delivery(int warehouse, int carrier) implements TpccTransaction {

    @Override
    public void run(Terminal terminal) throws SQLException {
        for (int district = 1; district <= TpccSize.DISTRICTS; district++) {
            int order;
            try (ResultSet rows = terminal.query(
                    "SELECT no_o_id FROM new_order WHERE no_w_id = ? AND no_d_id = ? ORDER BY no_o_id LIMIT 1",
                    warehouse,
                    district)) {
                if (!rows.next()) {
                    continue;
                }
                order = rows.getInt(1);
            }
            deliver(terminal, district, order);
        }
        terminal.commit();
    }

    private void deliver(Terminal terminal, int district, int order) throws SQLException {
        terminal.changeOne(
                "DELETE FROM new_order WHERE no_w_id = ? AND no_d_id = ? AND no_o_id = ?", warehouse, district, order);
        int customer;
        try (ResultSet rows = terminal.query(
                "SELECT o_c_id FROM orders WHERE o_w_id = ? AND o_d_id = ? AND o_id = ?", warehouse, district, order)) {
            Terminal.mustHaveRow(rows, "order");
            customer = rows.getInt(1);
        }
        terminal.changeOne(
                "UPDATE orders SET o_carrier_id = ? WHERE o_w_id = ? AND o_d_id = ? AND o_id = ?",
                carrier,
                warehouse,
                district,
                order);
        terminal.change(
                "UPDATE order_line SET ol_delivery_d = current_timestamp"
                        + " WHERE ol_w_id = ? AND ol_d_id = ? AND ol_o_id = ?",
                warehouse,
                district,
                order);
        BigDecimal amount;
        try (ResultSet rows = terminal.query(
                "SELECT sum(ol_amount) FROM order_line WHERE ol_w_id = ? AND ol_d_id = ? AND ol_o_id = ?",
                warehouse,
                district,
                order)) {
            Terminal.mustHaveRow(rows, "sum");
            amount = rows.getBigDecimal(1);
        }
        terminal.changeOne(
                "UPDATE customer SET c_balance = c_balance + ?, c_delivery_cnt = c_delivery_cnt + 1"
                        + " WHERE c_w_id = ? AND c_d_id = ? AND c_id = ?",
                amount,
                warehouse,
                district,
                customer);
    }
}
