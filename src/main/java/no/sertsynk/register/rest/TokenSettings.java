package no.sertsynk.register.rest;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to get tokens of HelseID.
 *
 * @param issuer of the tokens; where its endpoint is, it tells itself ({@code /.well-known/openid-configuration})
 * @param clientId as registered in HelseID Selvbetjening
 * @param keyFile the client's private key: a JWK, a set of JWKs, or PEM (PKCS #8); read anew for each token
 * @param keyId the name of a key in PEM, which has none itself
 * @param scope what the token is to be good for
 * @param timeout of one try
 */
public record TokenSettings(
        URI issuer, String clientId, Path keyFile, Optional<String> keyId, String scope, Duration timeout) {}
