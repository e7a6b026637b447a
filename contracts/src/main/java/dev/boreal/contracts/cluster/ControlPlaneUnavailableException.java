package dev.boreal.contracts.cluster;

/** No majority of the control plane answered in time. Thrown by reads; what was known before stays valid as such. */
public final class ControlPlaneUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ControlPlaneUnavailableException(String message) {
        super(message);
    }
}
