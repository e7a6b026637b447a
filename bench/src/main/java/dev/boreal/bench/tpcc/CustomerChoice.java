package dev.boreal.bench.tpcc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A customer by number, or by last name in 60 of 100 cases. The number is 0 if the name counts. */
record CustomerChoice(int number, String lastName) {

    static CustomerChoice of(TpccRandom random) {
        return random.percent(60)
                ? new CustomerChoice(0, random.lastName())
                : new CustomerChoice(random.customer(), "");
    }

    /** The customer's number; of several with the name the one in the middle, by first name (clause 2.5.2.2). */
    int find(Terminal terminal, int warehouse, int district) throws SQLException {
        if (number > 0) {
            return number;
        }
        List<Integer> numbers = new ArrayList<>();
        try (ResultSet rows = terminal.query(
                "SELECT c_id FROM customer WHERE c_w_id = ? AND c_d_id = ? AND c_last = ? ORDER BY c_first",
                warehouse,
                district,
                lastName)) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        if (numbers.isEmpty()) {
            throw new SQLException("there is no customer " + lastName);
        }
        return numbers.get((numbers.size() - 1) / 2);
    }
}
