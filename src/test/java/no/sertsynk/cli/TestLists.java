package no.sertsynk.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import no.sertsynk.validation.TestAuthority;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Revocation lists of test authorities. */
final class TestLists {
    private TestLists() {}

    /** A complete list, of ten hours before its end, with those serial numbers. */
    static byte[] of(TestAuthority by, Instant end, BigInteger... revoked)
            throws IOException, OperatorCreationException {
        Date from = Date.from(end.minus(Duration.ofHours(10)));
        X509v2CRLBuilder builder = new X509v2CRLBuilder(new X500Name(by.name), from);
        builder.setNextUpdate(Date.from(end));
        for (BigInteger serial : revoked) {
            builder.addCRLEntry(serial, from, 1);
        }
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.keys.getPrivate()))
                .getEncoded();
    }
}
