package no.sertsynk.register.rest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import no.sertsynk.register.RegisterException;
import no.sertsynk.register.rest.ClientKeys.UnusableKeyException;
import no.sertsynk.register.wire.HttpCalls;
import no.sertsynk.register.wire.HttpCalls.Answer;
import no.sertsynk.register.wire.HttpCalls.Request;
import no.sertsynk.register.wire.Network;
import no.sertsynk.register.wire.TooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Gets tokens of HelseID by client credentials: the client proves itself with a signed statement (private_key_jwt), and the
 * token is bound to a key that is made for it alone (DPoP, RFC 9449). A token is used until shortly before it ends. Whoever
 * needs one while none is there waits for the one who gets it; after a failure nobody asks for a while, so that a wrong
 * client is not locked and a service that is down not hammered. Safe for threads.
 */
final class TokenService {
    /** NHN's own word for what the statement is (draft-ietf-oauth-rfc7523bis). */
    private static final JOSEObjectType STATEMENT = new JOSEObjectType("client-authentication+jwt");

    static final Duration RENEW_BEFORE_END = Duration.ofSeconds(30);
    static final Duration SILENCE_AFTER_REFUSAL = Duration.ofMinutes(1);
    static final Duration SILENCE_AFTER_FAILURE = Duration.ofSeconds(5);
    /** A clock that is further off is nothing to make good for: the run is withheld then. */
    static final Duration MOST_SKEW = Duration.ofMinutes(10);

    private static final Duration STATEMENT_LIFE = Duration.ofSeconds(30);
    private static final Duration NOTABLE_SKEW = Duration.ofSeconds(30);
    private static final Duration CLOCK_JUMP = Duration.ofSeconds(5);
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 256 * 1024;
    private static final String NETWORK_REMEDY =
            "check register.cpapi.tokenIssuer, the network and whether the service is up";

    private final HttpCalls http;
    private final TokenSettings settings;
    private final Clock clock;
    private final RestFailures failures;

    private @Nullable URI endpoint;
    private @Nullable AccessToken token;
    private @Nullable Failure failure;
    private Optional<String> nonce = Optional.empty();
    private Duration ahead = Duration.ZERO;

    private record Failure(RegisterException told, Instant until) {}

    TokenService(HttpCalls http, TokenSettings settings, Clock clock) {
        this.http = http;
        this.settings = settings;
        this.clock = clock;
        this.failures = new RestFailures("the token service " + settings.issuer());
    }

    /** A token that is good for a while yet. */
    synchronized AccessToken token() throws RegisterException, InterruptedException {
        Instant now = clock.instant();
        if (token != null && now.isBefore(token.renewAt())) {
            return token;
        }
        if (failure != null && now.isBefore(failure.until)) {
            throw failure.told;
        }
        try {
            AccessToken fresh = fresh();
            token = fresh;
            failure = null;
            return fresh;
        } catch (RegisterException e) {
            Duration silence = e.isFatal() ? SILENCE_AFTER_REFUSAL : SILENCE_AFTER_FAILURE;
            failure = new Failure(e, clock.instant().plus(silence));
            throw e;
        }
    }

    /** Says that a register did not take the token; the next one who needs one gets another. */
    synchronized void reject(AccessToken rejected) {
        if (rejected.equals(token)) {
            token = null;
        }
    }

    private AccessToken fresh() throws RegisterException, InterruptedException {
        List<JWK> keys;
        try {
            keys = ClientKeys.read(settings.keyFile(), settings.keyId());
        } catch (UnusableKeyException e) {
            throw failures.refused(
                    "that it cannot be asked: " + settings.keyFile() + " is " + e.getMessage(),
                    "put the client's private key there (a JWK, or PEM) and name it with register.cpapi.jwkFile");
        }
        URI tokens = endpoint();
        RegisterException refusal = null;
        for (JWK key : keys) {
            Outcome outcome = ask(tokens, key);
            if (outcome instanceof Granted(AccessToken granted)) {
                return granted;
            }
            refusal = refusal((Refused) outcome);
            if (!((Refused) outcome).code.equals("invalid_client")) {
                break; // another key would change nothing
            }
        }
        throw java.util.Objects.requireNonNull(refusal);
    }

    private URI endpoint() throws RegisterException, InterruptedException {
        if (endpoint != null) {
            return endpoint;
        }
        String issuer = settings.issuer().toString();
        URI wellKnown = URI.create(issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration");
        Answer answer = send(Request.get(wellKnown, Map.of("Accept", "application/json")));
        if (answer.status() != 200) {
            throw failures.unavailable("HTTP " + answer.status() + " for " + wellKnown.getPath(), NETWORK_REMEDY);
        }
        try {
            AuthorizationServerMetadata told =
                    AuthorizationServerMetadata.parse(new String(answer.body(), StandardCharsets.UTF_8));
            String named = told.getIssuer().getValue();
            if (!named.replaceAll("/+$", "").equals(issuer.replaceAll("/+$", ""))) {
                throw failures.unavailable(
                        "that it calls itself " + named, "put the issuer's own name into register.cpapi.tokenIssuer");
            }
            URI found = told.getTokenEndpointURI();
            if (found == null || !isSafe(found)) {
                throw failures.unavailable("no token endpoint with https", NETWORK_REMEDY);
            }
            endpoint = found;
            return found;
        } catch (ParseException | RuntimeException e) {
            throw failures.unavailable("no description of itself that can be read", NETWORK_REMEDY, e);
        }
    }

    private static boolean isSafe(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                || ("http".equalsIgnoreCase(uri.getScheme())
                        && uri.getHost() != null
                        && Network.isLoopback(uri.getHost()));
    }

    private sealed interface Outcome {}

    private record Granted(AccessToken token) implements Outcome {}

    private record Refused(String code, String description, JWK key) implements Outcome {}

    private Outcome ask(URI tokens, JWK key) throws RegisterException, InterruptedException {
        try {
            // A key for this token alone: what is stolen with one token is of no use with the next.
            DPoPProofFactory proofs =
                    new DefaultDPoPProofFactory(new ECKeyGenerator(Curve.P_256).generate(), JWSAlgorithm.ES256);
            Duration believed = ahead;
            Answer answer = send(request(tokens, key, proofs));
            if (isChallenge(answer)) {
                nonce = Optional.of(answer.head().header("dpop-nonce"));
                answer = send(request(tokens, key, proofs));
            } else if (answer.status() != 200 && ahead.minus(believed).abs().compareTo(CLOCK_JUMP) > 0) {
                answer = send(request(tokens, key, proofs)); // a clock was set since we last heard of the service
            }
            return read(answer, key, proofs);
        } catch (JOSEException e) {
            throw failures.refused(
                    "that it cannot be asked: the key in " + settings.keyFile() + " cannot sign (" + e.getMessage()
                            + ")",
                    "check the file");
        }
    }

    private static boolean isChallenge(Answer answer) {
        return (answer.status() == 400 || answer.status() == 401)
                && !answer.head().header("dpop-nonce").isEmpty()
                && error(answer)
                        .filter(error -> error.code.equals("use_dpop_nonce"))
                        .isPresent();
    }

    private Request request(URI tokens, JWK key, DPoPProofFactory proofs) throws JOSEException {
        TokenRequest request = new TokenRequest.Builder(
                        tokens, new PrivateKeyJWT(statement(key)), new ClientCredentialsGrant())
                .scope(Scope.parse(settings.scope()))
                .build();
        SignedJWT proof = proofs.createDPoPJWT(
                new JWTID(),
                "POST",
                tokens,
                Date.from(now()),
                null,
                nonce.map(Nonce::new).orElse(null));
        return new Request(
                "POST",
                tokens,
                Map.of(
                        "Content-Type", "application/x-www-form-urlencoded",
                        "Accept", "application/json",
                        "DPoP", proof.serialize()),
                String.valueOf(request.toHTTPRequest().getBody()).getBytes(StandardCharsets.UTF_8));
    }

    private SignedJWT statement(JWK key) throws JOSEException {
        JWSAlgorithm algorithm = ClientKeys.algorithm(key);
        Instant now = now();
        SignedJWT statement = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(STATEMENT)
                        .keyID(key.getKeyID())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(settings.clientId())
                        .subject(settings.clientId())
                        .audience(settings.issuer().toString())
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(STATEMENT_LIFE)))
                        .build());
        statement.sign(new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
        return statement;
    }

    private Outcome read(Answer answer, JWK key, DPoPProofFactory proofs) throws RegisterException {
        if (answer.status() != 200) {
            return error(answer)
                    .map(error -> new Refused(error.code, error.description, key))
                    .orElseThrow(() -> failures.unavailable("HTTP " + answer.status(), NETWORK_REMEDY));
        }
        try {
            HTTPResponse response = new HTTPResponse(200);
            response.setHeader("Content-Type", "application/json");
            response.setBody(new String(answer.body(), StandardCharsets.UTF_8));
            DPoPAccessToken value =
                    AccessTokenResponse.parse(response).getTokens().getDPoPAccessToken();
            if (value == null) {
                throw failures.unavailable(
                        "a token that is bound to no key",
                        "let HelseID Selvbetjening require DPoP of the client, and check register.cpapi.scope");
            }
            Duration life = Duration.ofSeconds(Math.max(value.getLifetime(), SHORTEST_LIFE.toSeconds()));
            Duration spare = life.dividedBy(5).compareTo(RENEW_BEFORE_END) < 0 ? life.dividedBy(5) : RENEW_BEFORE_END;
            return new Granted(
                    new AccessToken(value, proofs, clock.instant().plus(life).minus(spare)));
        } catch (ParseException | RuntimeException e) {
            throw failures.unavailable("no token that can be read", NETWORK_REMEDY, e);
        }
    }

    private record ErrorAnswer(String code, String description) {}

    private static Optional<ErrorAnswer> error(Answer answer) {
        try {
            HTTPResponse response = new HTTPResponse(answer.status());
            response.setHeader("Content-Type", "application/json");
            response.setBody(new String(answer.body(), StandardCharsets.UTF_8));
            var error = TokenErrorResponse.parse(response).getErrorObject();
            return error == null || error.getCode() == null
                    ? Optional.empty()
                    : Optional.of(new ErrorAnswer(
                            error.getCode(), error.getDescription() == null ? "" : error.getDescription()));
        } catch (ParseException | RuntimeException e) {
            return Optional.empty(); // a page of some proxy
        }
    }

    private RegisterException refusal(Refused refused) {
        String found = refused.code + (refused.description.isEmpty() ? "" : " (" + refused.description + ")");
        if (ahead.abs().compareTo(NOTABLE_SKEW) > 0 && !refused.code.equals("invalid_scope")) {
            return failures.refused(
                    found + ", with this host's clock " + ahead.abs().toSeconds() + " s "
                            + (ahead.isNegative() ? "ahead of" : "behind") + " its own",
                    "set the clock, else check register.cpapi.clientId and jwkFile");
        }
        return switch (refused.code) {
            case "invalid_client" ->
                failures.refused(
                        found + " for the client " + settings.clientId(),
                        "check register.cpapi.clientId, and that the key in " + settings.keyFile()
                                + keyName(refused.key)
                                + " is the one that HelseID Selvbetjening has of it");
            case "invalid_scope" ->
                failures.refused(
                        found + " for the scope " + settings.scope(),
                        "check register.cpapi.scope, and that the client has been given it in HelseID Selvbetjening");
            case "unauthorized_client", "unsupported_grant_type" ->
                failures.refused(
                        found + " for the client " + settings.clientId(),
                        "let HelseID Selvbetjening allow client credentials for it");
            case "invalid_dpop_proof", "use_dpop_nonce" ->
                failures.refused(found, "check this host's clock, and whether a proxy changes the request");
            case "temporarily_unavailable", "server_error" -> failures.unavailable(found, NETWORK_REMEDY);
            default -> failures.refused(found, "check register.cpapi.clientId, scope and jwkFile");
        };
    }

    private static String keyName(JWK key) {
        return key.getKeyID() == null ? "" : " (" + RestFailures.shown(key.getKeyID()) + ")";
    }

    /** The time by the service's clock, as far as it has told it. */
    private Instant now() {
        return clock.instant().plus(ahead.abs().compareTo(MOST_SKEW) <= 0 ? ahead : Duration.ZERO);
    }

    private Answer send(Request request) throws RegisterException, InterruptedException {
        try {
            Answer answer = http.send(request, MAX_BYTES, settings.timeout());
            // Whole seconds, and the way takes time: less than that is no difference.
            answer.head().ahead().ifPresent(told -> ahead = told.abs().toSeconds() < 2 ? Duration.ZERO : told);
            String next = answer.head().header("dpop-nonce");
            if (!next.isEmpty()) {
                nonce = Optional.of(next);
            }
            if (answer.head().isTransient()) {
                throw failures.unavailable("HTTP " + answer.status(), NETWORK_REMEDY);
            }
            return answer;
        } catch (TooLargeException e) {
            throw failures.tooMuch(RestFailures.describe(e), e);
        } catch (IOException e) {
            throw failures.unavailable(
                    RestFailures.describe(e),
                    RestFailures.isDistrust(e)
                            ? "check register.cpapi.tokenIssuer, or name the server's authority in network.caFile"
                            : NETWORK_REMEDY,
                    e);
        }
    }
}
