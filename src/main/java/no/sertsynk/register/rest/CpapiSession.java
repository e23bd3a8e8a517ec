package no.sertsynk.register.rest;

import no.sertsynk.register.wire.HttpCalls;

/**
 * What outlives a run: the token, and what the API has answered. Made with the first register that is opened with the same
 * settings; a background service keeps it.
 */
public final class CpapiSession {
    private static final int REMEMBERED_BYTES = 16 * 1024 * 1024;

    private final CpapiSettings settings;
    private final HttpCalls http;
    private final TokenService tokens;
    private final Remembered remembered = new Remembered(REMEMBERED_BYTES);

    /** Opens no connection yet. */
    public CpapiSession(CpapiSettings settings) {
        this.settings = settings;
        this.http = new HttpCalls(settings.network(), settings.clock());
        this.tokens = new TokenService(http, settings.token(), settings.clock());
    }

    CpapiSettings settings() {
        return settings;
    }

    HttpCalls http() {
        return http;
    }

    TokenService tokens() {
        return tokens;
    }

    Remembered remembered() {
        return remembered;
    }
}
