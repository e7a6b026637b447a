package dev.boreal.bench.tpcc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Clause 2.8: how many items of the last twenty orders run short. Reads only. */
record StockLevel(int warehouse, int district, int threshold) implements TpccTransaction {
    private static final int LAST_ORDERS = 20;

    @Override
    public void run(Terminal terminal) throws SQLException {
        int next;
        try (ResultSet rows =
                terminal.query("SELECT d_next_o_id FROM district WHERE d_w_id = ? AND d_id = ?", warehouse, district)) {
            Terminal.mustHaveRow(rows, "district");
            next = rows.getInt(1);
        }
        try (ResultSet rows = terminal.query(
                "SELECT count(DISTINCT s_i_id) FROM order_line"
                        + " JOIN stock ON s_w_id = ol_w_id AND s_i_id = ol_i_id"
                        + " WHERE ol_w_id = ? AND ol_d_id = ? AND ol_o_id < ? AND ol_o_id >= ? AND s_quantity < ?",
                warehouse,
                district,
                next,
                next - LAST_ORDERS,
                threshold)) {
            Terminal.mustHaveRow(rows, "count");
        }
        terminal.commit();
    }
}
