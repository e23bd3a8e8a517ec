package no.sertsynk.register.rest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;

/**
 * A token and the key that it is bound to (RFC 9449). Shows neither.
 *
 * @param renewAt from when on another should be got; a little before it ends
 */
record AccessToken(DPoPAccessToken value, DPoPProofFactory proofs, Instant renewAt) {
    /**
     * The two headers that a call needs; a new proof for each call.
     *
     * @param at the time by the server's clock
     * @param nonce that the server has asked for
     */
    Map<String, String> headers(String method, URI uri, Instant at, Optional<String> nonce) {
        try {
            return Map.of(
                    "Authorization",
                    "DPoP " + value.getValue(),
                    "DPoP",
                    proofs.createDPoPJWT(
                                    new JWTID(),
                                    method,
                                    withoutQuery(uri),
                                    Date.from(at),
                                    value,
                                    nonce.map(Nonce::new).orElse(null))
                            .serialize());
        } catch (JOSEException e) {
            throw new IllegalStateException("a key of our own cannot sign", e);
        }
    }

    static URI withoutQuery(URI uri) {
        String text = uri.toString();
        int end = text.indexOf('?') >= 0 ? text.indexOf('?') : text.indexOf('#');
        return end < 0 ? uri : URI.create(text.substring(0, end));
    }

    @Override
    public String toString() {
        return "(token)";
    }
}
