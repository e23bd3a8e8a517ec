package no.sertsynk.service.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import no.sertsynk.model.Secret;
import org.jspecify.annotations.Nullable;

/** The certificate that is shown to services which ask for one. Nothing is proved with it but that we have its key. */
public final class ClientIdentity {
    /** Shows none. */
    public static final ClientIdentity NONE = new ClientIdentity(Optional.empty());

    private final Optional<X509ExtendedKeyManager> keys;

    private ClientIdentity(Optional<X509ExtendedKeyManager> keys) {
        this.keys = keys;
    }

    /**
     * The keys of a keystore.
     *
     * @throws GeneralSecurityException if its keys cannot be had with that password
     */
    public static ClientIdentity of(KeyStore store, Secret password) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        char[] characters = password.reveal();
        factory.init(store, characters);
        for (KeyManager manager : factory.getKeyManagers()) {
            if (manager instanceof X509ExtendedKeyManager keys) {
                return new ClientIdentity(Optional.of(keys));
            }
        }
        return NONE;
    }

    /** A key manager for one handshake. */
    Asked forHandshake() {
        return new Asked(keys);
    }

    /** Remembers whether the service asked. */
    static final class Asked extends X509ExtendedKeyManager {
        private final Optional<X509ExtendedKeyManager> keys;
        private volatile boolean asked;

        private Asked(Optional<X509ExtendedKeyManager> keys) {
            this.keys = keys;
        }

        boolean isAsked() {
            return asked;
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
            asked = true;
            return keys.isEmpty() ? null : keys.get().chooseEngineClientAlias(keyTypes, issuers, engine);
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            asked = true;
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return keys.isEmpty() ? null : keys.get().getCertificateChain(alias);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return keys.isEmpty() ? null : keys.get().getPrivateKey(alias);
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
