package dev.boreal.bench.tpcc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Clause 2.5: a customer pays, in 15 of 100 cases at another warehouse than the customer's own. */
record Payment(
        int warehouse,
        int district,
        int customerWarehouse,
        int customerDistrict,
        CustomerChoice choice,
        BigDecimal amount)
        implements TpccTransaction {
    private static final int LONGEST_DATA = 500;

    static Payment of(TpccRandom random, TpccSize size, int warehouse) {
        int district = random.between(1, TpccSize.DISTRICTS);
        boolean remote = size.warehouses() > 1 && random.percent(15);
        return new Payment(
                warehouse,
                district,
                remote ? TpccTransaction.otherWarehouse(random, size, warehouse) : warehouse,
                remote ? random.between(1, TpccSize.DISTRICTS) : district,
                CustomerChoice.of(random),
                BigDecimal.valueOf(random.between(100, 500_000), 2));
    }

    @Override
    public void run(Terminal terminal) throws SQLException {
        terminal.changeOne("UPDATE warehouse SET w_ytd = w_ytd + ? WHERE w_id = ?", amount, warehouse);
        String place;
        try (ResultSet rows =
                terminal.query("SELECT w_name, w_street_1, w_city FROM warehouse WHERE w_id = ?", warehouse)) {
            Terminal.mustHaveRow(rows, "warehouse");
            place = rows.getString(1);
        }
        terminal.changeOne(
                "UPDATE district SET d_ytd = d_ytd + ? WHERE d_w_id = ? AND d_id = ?", amount, warehouse, district);
        try (ResultSet rows = terminal.query(
                "SELECT d_name, d_street_1, d_city FROM district WHERE d_w_id = ? AND d_id = ?", warehouse, district)) {
            Terminal.mustHaveRow(rows, "district");
            place += "    " + rows.getString(1);
        }
        int customer = choice.find(terminal, customerWarehouse, customerDistrict);
        boolean badCredit;
        try (ResultSet rows = terminal.query(
                "SELECT c_credit, c_first, c_last, c_balance FROM customer"
                        + " WHERE c_w_id = ? AND c_d_id = ? AND c_id = ?",
                customerWarehouse,
                customerDistrict,
                customer)) {
            Terminal.mustHaveRow(rows, "customer");
            badCredit = rows.getString(1).equals("BC");
        }
        pay(terminal, customer, badCredit);
        terminal.changeOne(
                "INSERT INTO history (h_c_id, h_c_d_id, h_c_w_id, h_d_id, h_w_id, h_date, h_amount, h_data)"
                        + " VALUES (?, ?, ?, ?, ?, current_timestamp, ?, ?)",
                customer,
                customerDistrict,
                customerWarehouse,
                district,
                warehouse,
                amount,
                place);
        terminal.commit();
    }

    private void pay(Terminal terminal, int customer, boolean badCredit) throws SQLException {
        String sums = "UPDATE customer SET c_balance = c_balance - ?, c_ytd_payment = c_ytd_payment + ?,"
                + " c_payment_cnt = c_payment_cnt + 1";
        String key = " WHERE c_w_id = ? AND c_d_id = ? AND c_id = ?";
        if (badCredit) {
            String note = customer + " " + customerDistrict + " " + customerWarehouse + " " + district + " " + warehouse
                    + " " + amount + " | ";
            terminal.changeOne(
                    sums + ", c_data = substr(? || c_data, 1, " + LONGEST_DATA + ")" + key,
                    amount,
                    amount,
                    note,
                    customerWarehouse,
                    customerDistrict,
                    customer);
        } else {
            terminal.changeOne(sums + key, amount, amount, customerWarehouse, customerDistrict, customer);
        }
    }
}
