package no.sertsynk.service.tls;

/** What the server name does at a service. */
public enum SniEffect {
    BOTH("works with and without SNI"),
    ONLY_WITH("works only with SNI"),
    ONLY_WITHOUT("works only without SNI"),
    /** Its address is a number, for which no server name exists (RFC 6066, section 3). */
    NUMERIC("has a numeric address, for which there is no SNI"),
    CLIENT_REFUSED("wants a client certificate that it knows"),
    NONE("no TLS connection");

    private final String text;

    SniEffect(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Whether a client can connect at all. */
    public boolean isWorking() {
        return this != NONE && this != CLIENT_REFUSED;
    }
}
