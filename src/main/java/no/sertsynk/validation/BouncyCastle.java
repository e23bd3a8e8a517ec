package no.sertsynk.validation;

import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The process's one instance of the Bouncy Castle provider. Making one costs a cold process a tenth of a second, and the
 * library makes a second for itself unless it finds one registered; so it is registered, behind the JDK's own providers,
 * when it is first asked for.
 */
public final class BouncyCastle {
    private static final Provider PROVIDER = registered();

    private BouncyCastle() {}

    public static Provider provider() {
        return PROVIDER;
    }

    private static Provider registered() {
        Provider known = Security.getProvider(BouncyCastleProvider.PROVIDER_NAME);
        if (known != null) {
            return known;
        }
        Provider made = new BouncyCastleProvider();
        Security.addProvider(made);
        return made;
    }
}
