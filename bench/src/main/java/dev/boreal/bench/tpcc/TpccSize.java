package dev.boreal.bench.tpcc;

/**
 * How much data there is.
 *
 * @param items the specification has 100,000
 * @param customers per district and as many orders; the specification has 3,000
 */
public record TpccSize(int warehouses, int items, int customers) {
    static final int DISTRICTS = 10;

    /** Orders up to this one are delivered when the data are loaded. */
    int deliveredOrders() {
        return customers * 7 / 10;
    }
}
