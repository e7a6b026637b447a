package dev.boreal.bench.tpcc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** The consistency conditions of clause 3.3.2, each as a query that counts what breaks it. */
final class TpccChecks {
    private static final int LIMIT_SECONDS = 120;
    private static final Map<String, String> CONDITIONS = conditions();

    private TpccChecks() {}

    /** How many violations each condition has, under its name. */
    static Map<String, Long> run(Connection connection) throws SQLException {
        Map<String, Long> violations = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LIMIT_SECONDS);
            for (Map.Entry<String, String> condition : CONDITIONS.entrySet()) {
                try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM (" + condition.getValue() + ") v")) {
                    rows.next();
                    violations.put(condition.getKey(), rows.getLong(1));
                }
            }
        }
        return violations;
    }

    private static Map<String, String> conditions() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("1: a warehouse's receipts are its districts'", """
                SELECT w_id FROM warehouse JOIN district ON d_w_id = w_id
                GROUP BY w_id, w_ytd HAVING w_ytd <> sum(d_ytd)""");
        all.put("2: a district's next order follows its last", """
                SELECT d_w_id FROM district
                JOIN (SELECT o_w_id, o_d_id, max(o_id) AS last FROM orders GROUP BY o_w_id, o_d_id) o
                  ON o_w_id = d_w_id AND o_d_id = d_id
                WHERE d_next_o_id - 1 <> last""");
        all.put("3: new orders have no gap", """
                SELECT no_w_id FROM new_order GROUP BY no_w_id, no_d_id
                HAVING max(no_o_id) - min(no_o_id) + 1 <> count(*)""");
        all.put("4: a district's orders have as many lines as they say", """
                SELECT o.w FROM
                  (SELECT o_w_id AS w, o_d_id AS d, sum(o_ol_cnt) AS said FROM orders GROUP BY o_w_id, o_d_id) o
                  JOIN (SELECT ol_w_id AS w, ol_d_id AS d, count(*) AS have FROM order_line
                        GROUP BY ol_w_id, ol_d_id) l ON l.w = o.w AND l.d = o.d
                WHERE said <> have""");
        all.put("5: an order has a carrier unless it is new", """
                SELECT o_id FROM orders
                LEFT JOIN new_order ON no_w_id = o_w_id AND no_d_id = o_d_id AND no_o_id = o_id
                WHERE (o_carrier_id IS NULL) <> (no_o_id IS NOT NULL)""");
        all.put("6: an order has as many lines as it says", """
                SELECT o_id FROM orders
                LEFT JOIN order_line ON ol_w_id = o_w_id AND ol_d_id = o_d_id AND ol_o_id = o_id
                GROUP BY o_w_id, o_d_id, o_id, o_ol_cnt HAVING count(ol_number) <> o_ol_cnt""");
        all.put("7: a line is delivered with its order", """
                SELECT o_id FROM orders
                JOIN order_line ON ol_w_id = o_w_id AND ol_d_id = o_d_id AND ol_o_id = o_id
                WHERE (ol_delivery_d IS NULL) <> (o_carrier_id IS NULL)""");
        all.put("8: a warehouse's receipts are its history", """
                SELECT w_id FROM warehouse
                JOIN (SELECT h_w_id, sum(h_amount) AS paid FROM history GROUP BY h_w_id) h ON h_w_id = w_id
                WHERE w_ytd <> paid""");
        all.put("9: a district's receipts are its history", """
                SELECT d_id FROM district
                JOIN (SELECT h_w_id, h_d_id, sum(h_amount) AS paid FROM history GROUP BY h_w_id, h_d_id) h
                  ON h_w_id = d_w_id AND h_d_id = d_id
                WHERE d_ytd <> paid""");
        // Sums of signed amounts, not joins of sums: these stay cheap however a planner guesses their sizes.
        String delivered = """
                SELECT o_w_id, o_d_id, o_c_id, -ol_amount FROM orders
                JOIN order_line ON ol_w_id = o_w_id AND ol_d_id = o_d_id AND ol_o_id = o_id
                WHERE ol_delivery_d IS NOT NULL""";
        all.put(
                "10: a customer owes what was delivered and not paid",
                balanced("SELECT c_w_id AS w, c_d_id AS d, c_id AS c, c_balance AS amount FROM customer UNION ALL "
                        + delivered + " UNION ALL SELECT h_c_w_id, h_c_d_id, h_c_id, h_amount FROM history"));
        all.put(
                "12: balance and payments are what was delivered",
                balanced("SELECT c_w_id AS w, c_d_id AS d, c_id AS c, c_balance + c_ytd_payment AS amount"
                        + " FROM customer UNION ALL " + delivered));
        return all;
    }

    private static String balanced(String amounts) {
        return "SELECT w FROM (" + amounts + ") a GROUP BY w, d, c HAVING sum(amount) <> 0";
    }
}
