package no.sertsynk.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.DPoPUtils;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import no.sertsynk.sandbox.SandboxRestWire.Reply;

/**
 * A token service as HelseID is one: it knows clients by their public keys, wants proofs of possession, and refuses what a
 * strict service refuses. Its clock can be set. Safe for threads.
 */
final class SandboxTokens {
    private static final Duration TOLERANCE = Duration.ofSeconds(20);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(60);

    private final URI issuer;
    private final Map<String, Map<String, JWK>> clients = new ConcurrentHashMap<>();
    private final Map<String, Issued> tokens = new ConcurrentHashMap<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final AtomicInteger granted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile String scope = "nhn:cp-api/access-v2-dpop";
    private volatile Duration life = Duration.ofMinutes(10);
    private volatile Optional<String> nonce = Optional.empty();
    private volatile Duration ahead = Duration.ZERO;

    private record Issued(String keyThumbprint, Instant until) {}

    SandboxTokens(URI issuer) {
        this.issuer = issuer;
    }

    /** Something about a request that is refused, by its error code. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;

        Refusal(String code, String description) {
            super(description);
            this.code = code;
        }
    }

    void register(String clientId, String publicJwk) {
        try {
            JWK key = JWK.parse(publicJwk).toPublicJWK();
            clients.computeIfAbsent(clientId, id -> new ConcurrentHashMap<>())
                    .put(key.computeThumbprint().toString(), key);
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException("expected a JWK", e);
        }
    }

    void forgetKeys(String clientId) {
        clients.remove(clientId);
    }

    void allowScope(String allowed) {
        scope = allowed;
    }

    void liveFor(Duration lifetime) {
        life = lifetime;
    }

    /** From now on requests and calls must hold this nonce. */
    void demandNonce(Optional<String> demanded) {
        nonce = demanded;
    }

    Optional<String> nonce() {
        return nonce;
    }

    void setClock(Duration aheadOfOurs) {
        ahead = aheadOfOurs;
    }

    /** All tokens end at once. */
    void endAll() {
        tokens.clear();
    }

    int granted() {
        return granted.get();
    }

    int refused() {
        return refused.get();
    }

    Instant now() {
        return Instant.now().plus(ahead);
    }

    Reply describe() {
        return Reply.json(
                200,
                "{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + issuer + "/connect/token\","
                        + "\"jwks_uri\":\"" + issuer + "/jwks\",\"response_types_supported\":[\"code\"],"
                        + "\"subject_types_supported\":[\"public\"],"
                        + "\"token_endpoint_auth_methods_supported\":[\"private_key_jwt\"],"
                        + "\"dpop_signing_alg_values_supported\":[\"PS256\",\"ES256\"]}");
    }

    Reply grant(SandboxRegisterHttp.Request request) {
        try {
            Map<String, String> form = form(request);
            SignedJWT proof = proof(request, "POST", URI.create(issuer + "/connect/token"));
            checkClient(form);
            checkNonce(proof);
            if (!"client_credentials".equals(form.get("grant_type"))) {
                throw new Refusal("unsupported_grant_type", "client_credentials alone");
            }
            if (!scope.equals(form.get("scope"))) {
                throw new Refusal("invalid_scope", "");
            }
            String token = UUID.randomUUID().toString();
            tokens.put(token, new Issued(thumbprint(proof), now().plus(life)));
            granted.incrementAndGet();
            return Reply.json(
                    200,
                    "{\"access_token\":\"" + token + "\",\"token_type\":\"DPoP\",\"expires_in\":" + life.toSeconds()
                            + ",\"scope\":\"" + scope + "\"}");
        } catch (Refusal e) {
            refused.incrementAndGet();
            Reply reply = Reply.json(
                    400,
                    "{\"error\":\"" + e.code + "\""
                            + (String.valueOf(e.getMessage()).isEmpty()
                                    ? ""
                                    : ",\"error_description\":\"" + e.getMessage() + "\"")
                            + "}");
            return e.code.equals("use_dpop_nonce") ? reply.with("DPoP-Nonce", nonce.orElse("")) : reply;
        } catch (ParseException | JOSEException | RuntimeException e) {
            refused.incrementAndGet();
            return Reply.json(400, "{\"error\":\"invalid_request\"}");
        }
    }

    private static Map<String, String> form(SandboxRegisterHttp.Request request) {
        Map<String, String> form = new HashMap<>();
        for (String pair : new String(request.body(), StandardCharsets.US_ASCII).split("&", -1)) {
            int equals = pair.indexOf('=');
            form.put(
                    URLDecoder.decode(pair.substring(0, Math.max(0, equals)), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    private void checkClient(Map<String, String> form) throws Refusal, ParseException, JOSEException {
        SignedJWT statement = SignedJWT.parse(form.getOrDefault("client_assertion", ""));
        JWTClaimsSet claims = statement.getJWTClaimsSet();
        Map<String, JWK> keys = clients.getOrDefault(String.valueOf(claims.getSubject()), Map.of());
        boolean signed = false;
        for (JWK key : keys.values()) {
            signed |= verifies(statement, key);
        }
        Instant now = now();
        if (!signed
                || !Objects.equals(claims.getIssuer(), claims.getSubject())
                || !claims.getAudience().contains(issuer.toString())
                || !"client-authentication+jwt"
                        .equals(String.valueOf(statement.getHeader().getType()))
                || claims.getExpirationTime().toInstant().isBefore(now)
                || claims.getExpirationTime().toInstant().isAfter(now.plus(LONGEST_STATEMENT))
                || claims.getNotBeforeTime().toInstant().isAfter(now.plus(TOLERANCE))
                || !used.add(claims.getJWTID())) {
            throw new Refusal("invalid_client", "");
        }
    }

    private static boolean verifies(SignedJWT jwt, JWK key) throws JOSEException {
        try {
            JWSVerifier verifier = key instanceof ECKey ec
                    ? new ECDSAVerifier(ec)
                    : new DefaultJWSVerifierFactory()
                            .createJWSVerifier(jwt.getHeader(), ((RSAKey) key).toRSAPublicKey());
            return jwt.verify(verifier);
        } catch (JOSEException e) {
            return false; // a key of another kind
        }
    }

    private SignedJWT proof(SandboxRegisterHttp.Request request, String method, URI uri)
            throws Refusal, ParseException, JOSEException {
        SignedJWT proof = SignedJWT.parse(request.header("dpop").orElse(""));
        JWTClaimsSet claims = proof.getJWTClaimsSet();
        JWK key = proof.getHeader().getJWK();
        Instant at = claims.getIssueTime().toInstant();
        if (!"dpop+jwt".equals(String.valueOf(proof.getHeader().getType()))
                || key.isPrivate()
                || !verifies(proof, key)
                || !method.equals(claims.getStringClaim("htm"))
                || !uri.toString().equals(claims.getStringClaim("htu"))
                || Duration.between(at, now()).abs().compareTo(TOLERANCE) > 0
                || !used.add(claims.getJWTID())) {
            throw new Refusal("invalid_dpop_proof", "");
        }
        return proof;
    }

    private void checkNonce(SignedJWT proof) throws Refusal, ParseException {
        if (nonce.isPresent() && !nonce.get().equals(proof.getJWTClaimsSet().getStringClaim("nonce"))) {
            throw new Refusal("use_dpop_nonce", "");
        }
    }

    private static String thumbprint(SignedJWT proof) throws JOSEException {
        return proof.getHeader().getJWK().computeThumbprint().toString();
    }

    /** What is wrong with the token and proof of a call; empty if nothing is. */
    Optional<Reply> refusal(SandboxRegisterHttp.Request request, URI uri) {
        String authorization = request.header("authorization").orElse("");
        if (!authorization.startsWith("DPoP ")) {
            return Optional.of(challenge("invalid_token"));
        }
        String token = authorization.substring("DPoP ".length());
        Issued issued = tokens.get(token);
        if (issued == null || issued.until.isBefore(now())) {
            return Optional.of(challenge("invalid_token"));
        }
        try {
            SignedJWT proof = proof(request, request.method(), uri);
            String ath = proof.getJWTClaimsSet().getStringClaim("ath");
            if (!issued.keyThumbprint.equals(thumbprint(proof))
                    || !DPoPUtils.computeSHA256(new DPoPAccessToken(token))
                            .toString()
                            .equals(ath)) {
                return Optional.of(challenge("invalid_dpop_proof"));
            }
            checkNonce(proof);
            return Optional.empty();
        } catch (Refusal e) {
            return Optional.of(challenge(e.code));
        } catch (ParseException | JOSEException | RuntimeException e) {
            return Optional.of(challenge("invalid_dpop_proof"));
        }
    }

    Reply challenge(String error) {
        refused.incrementAndGet();
        Reply reply = Reply.empty(401).with("WWW-Authenticate", "DPoP error=\"" + error + "\"");
        return error.equals("use_dpop_nonce") ? reply.with("DPoP-Nonce", nonce.orElse("")) : reply;
    }
}
