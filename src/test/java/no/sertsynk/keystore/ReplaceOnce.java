package no.sertsynk.keystore;

import java.nio.file.Files;
import java.nio.file.Path;
import no.sertsynk.model.PartnerCertificate;

/** A run of its own, as another user or beside another run: adds one certificate and tells what came of it. */
final class ReplaceOnce {
    private ReplaceOnce() {}

    /** Arguments: the PEM keystore, the certificate, and, to hold the lock until the input ends, anything more. */
    public static void main(String[] arguments) throws Exception {
        PartnerCertificate certificate = PartnerCertificate.parse(Files.readAllBytes(Path.of(arguments[1])));
        try (Keystore keystore = Keystores.open(Stores.pem(Path.of(arguments[0])))) {
            String alias = "her-" + certificate.serial() + "-signature";
            System.out.println(keystore.replace(Stores.put(alias, certificate)) ? "changed" : "unchanged");
            if (arguments.length > 2) {
                System.in.readAllBytes();
            }
        } catch (KeystoreException e) {
            System.out.println(e.getMessage());
        }
    }
}
