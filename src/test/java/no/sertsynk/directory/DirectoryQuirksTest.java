package no.sertsynk.directory;

import static no.sertsynk.directory.DirectoryFixture.BUYPASS;
import static no.sertsynk.directory.DirectoryFixture.COMMFIDES;
import static no.sertsynk.directory.DirectoryFixture.string;
import static no.sertsynk.sandbox.SandboxDirectory.BUYPASS_CA_3;
import static no.sertsynk.sandbox.SandboxDirectory.BUYPASS_G2;
import static no.sertsynk.sandbox.SandboxDirectory.COMMFIDES_G3;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxAuthority.Order;
import no.sertsynk.sandbox.SandboxDirectory;
import no.sertsynk.sandbox.SandboxDirectoryProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The authorities' directories with their peculiarities, over real connections. */
class DirectoryQuirksTest {
    private static final OrganizationNumber NUMBER = new OrganizationNumber("983544622");
    private static final String CUT_OFF = "dc=Buypass,dc=no,CN=Buypass Class 3 Test4 CA";
    private static final List<PartnerCertificate> CERTIFICATES = new ArrayList<>();

    @BeforeAll
    static void issue() {
        SandboxAuthority authority = SandboxAuthority.create("Sandkasse Class 3", Instant.EPOCH, Optional.empty());
        for (int i = 0; i < 45; i++) {
            CERTIFICATES.add(
                    authority.issue(Order.of("System " + i, NUMBER, SandboxAuthority.ENCRYPTION_USAGE, Instant.EPOCH)));
        }
    }

    private static PartnerCertificate certificate(int index) {
        return CERTIFICATES.get(index);
    }

    private static String serial(PartnerCertificate certificate) {
        return "(certificateSerialNumber=" + certificate.serial() + ")";
    }

    private static String hexSerial(PartnerCertificate certificate) {
        return "(certificateSerialNumber=" + certificate.serialHex() + ")";
    }

    @Test
    void cutOffBase_isExpandedWhereTheServerIsStrict() throws Exception {
        try (SandboxDirectory server = SandboxDirectory.start();
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            server.publish(BUYPASS_G2, certificate(0));
            server.publish(BUYPASS_CA_3, certificate(1));

            assertThat(directory
                            .search(string(BUYPASS, CUT_OFF + " G2", serial(certificate(0))))
                            .certificates())
                    .containsExactly(certificate(0));
            assertThat(directory
                            .search(string(BUYPASS, CUT_OFF, serial(certificate(1))))
                            .certificates())
                    .containsExactly(certificate(1));
            assertThat(directory
                            .search(string(BUYPASS, "dc=Buypass,dc=no", serial(certificate(1))))
                            .certificates())
                    .containsExactly(certificate(1));
        }
    }

    @Test
    void cutOffBase_isSentUnchangedWhereTheServerReadsItAsAPrefix() throws Exception {
        try (SandboxDirectory server = SandboxDirectory.start(SandboxDirectoryProfile.BUYPASS);
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            server.publish(BUYPASS_G2, certificate(0));
            server.publish(BUYPASS_CA_3, certificate(1));
            String both = "(|" + serial(certificate(0)) + serial(certificate(1)) + ")";

            assertThat(directory.search(string(BUYPASS, CUT_OFF, both)).certificates())
                    .containsExactlyInAnyOrder(certificate(0), certificate(1));
        }
    }

    @Test
    void baseThatIsNowhere_givesNothingAndSaysSo() throws Exception {
        try (SandboxDirectory server = SandboxDirectory.start();
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            server.publish(BUYPASS_G2, certificate(0));
            DirectoryAnswer answer =
                    directory.search(string(BUYPASS, "dc=Buypass,dc=no,CN=Another", serial(certificate(0))));

            assertThat(answer.certificates()).isEmpty();
            assertThat(answer.missingSerials()).containsExactly(certificate(0).serial());
            assertThat(answer.warnings()).extracting(Reason::code).containsExactly(ReasonCode.ENTRY_NOT_FOUND);
        }
    }

    @Test
    void hexadecimalSerial_isAskedForInDecimalAtBuypass() throws Exception {
        try (SandboxDirectory server = SandboxDirectory.start(SandboxDirectoryProfile.BUYPASS);
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            PartnerCertificate withLetters = CERTIFICATES.stream()
                    .filter(each -> each.serialHex().matches(".*[a-f].*"))
                    .findFirst()
                    .orElseThrow();
            server.publish(BUYPASS_G2, withLetters);

            assertThat(directory
                            .search(string(BUYPASS, BUYPASS_G2, hexSerial(withLetters)))
                            .certificates())
                    .containsExactly(withLetters);
        }
    }

    @Test
    void bothForms_areAskedForAtCommfides() throws Exception {
        try (SandboxDirectory server = SandboxDirectory.start(SandboxDirectoryProfile.COMMFIDES);
                LdapDirectory directory = DirectoryFixture.at(COMMFIDES, server.port())) {
            PartnerCertificate hexadecimal = certificate(0);
            PartnerCertificate decimal = certificate(1);
            PartnerCertificate upperCase = certificate(2);
            server.publish(COMMFIDES_G3, hexadecimal);
            server.publish(COMMFIDES_G3, decimal, decimal.serial().toString());
            server.publish(COMMFIDES_G3, upperCase, upperCase.serialHex().toUpperCase(java.util.Locale.ROOT));
            String base = "ou=Legal-Person-G3,dc=commfides,dc=com";

            for (PartnerCertificate each : List.of(hexadecimal, decimal, upperCase)) {
                for (String filter : List.of(serial(each), hexSerial(each))) {
                    DirectoryAnswer answer = directory.search(string(COMMFIDES, base, filter));

                    assertThat(answer.certificates()).as(filter).containsExactly(each);
                    assertThat(answer.missingSerials()).as(filter).isEmpty();
                }
            }
        }
    }

    @Test
    void surname_findsTheOrganizationAtBuypassAndNothingAtCommfides() throws Exception {
        String filter = "(sn=" + NUMBER + ")";
        try (SandboxDirectory server = SandboxDirectory.start(SandboxDirectoryProfile.COMMFIDES);
                LdapDirectory directory = DirectoryFixture.at(COMMFIDES, server.port())) {
            server.publish(COMMFIDES_G3, certificate(0));

            assertThat(directory.search(string(COMMFIDES, COMMFIDES_G3, filter)).certificates())
                    .isEmpty();
            assertThat(directory
                            .search(string(COMMFIDES, COMMFIDES_G3, "(organizationIdentifier=NTRNO-" + NUMBER + ")"))
                            .certificates())
                    .containsExactly(certificate(0));
        }
    }

    @Test
    void resultCap_isPassedRoundByRound() throws Exception {
        try (SandboxDirectory server = SandboxDirectory.start(SandboxDirectoryProfile.BUYPASS);
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            for (PartnerCertificate each : CERTIFICATES) {
                server.publish(BUYPASS_G2, each);
            }
            DirectoryAnswer answer =
                    directory.search(string(BUYPASS, BUYPASS_G2, "(organizationIdentifier=NTRNO-" + NUMBER + ")"));

            assertThat(answer.certificates()).containsExactlyInAnyOrderElementsOf(CERTIFICATES);
            assertThat(answer.warnings()).isEmpty();
        }
    }

    @Test
    void moreThanIsLookedAt_isSaid() throws Exception {
        try (SandboxDirectory server = SandboxDirectory.start(SandboxDirectoryProfile.BUYPASS);
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            for (int i = 0; i < 300; i++) {
                server.publish(BUYPASS_G2, certificate(i % CERTIFICATES.size()));
            }
            DirectoryAnswer answer =
                    directory.search(string(BUYPASS, BUYPASS_G2, "(organizationIdentifier=NTRNO-" + NUMBER + ")"));

            assertThat(answer.warnings()).extracting(Reason::code).containsExactly(ReasonCode.LIMIT_EXCEEDED);
            assertThat(answer.certificates()).hasSizeLessThanOrEqualTo(CERTIFICATES.size());
        }
    }

    @Test
    void exactString_neverMeetsTheCap() throws Exception {
        try (SandboxDirectory server = SandboxDirectory.start(SandboxDirectoryProfile.BUYPASS);
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            StringBuilder terms = new StringBuilder("(|");
            for (PartnerCertificate each : CERTIFICATES) {
                server.publish(BUYPASS_G2, each);
                terms.append(serial(each));
            }
            DirectoryAnswer answer = directory.search(
                    string(BUYPASS, BUYPASS_G2, terms.append(")").toString()));

            assertThat(answer.certificates()).hasSize(CERTIFICATES.size());
            assertThat(answer.missingSerials()).isEmpty();
        }
    }

    @Test
    void valuesOfAllKinds_areTakenAsTheyAre() throws Exception {
        try (SandboxDirectory server = SandboxDirectory.start();
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            server.publishValues(
                    BUYPASS_G2,
                    "userCertificate;binary",
                    List.of(certificate(0).der(), certificate(1).der()),
                    "1");
            server.publishValues(
                    BUYPASS_G2, "USERCERTIFICATE", List.of(certificate(2).der()), "1");
            server.publishValues(BUYPASS_G2, "userCertificate;binary", List.of(), "1");
            server.publishValues(BUYPASS_G2, "userCertificate;binary", List.of(new byte[] {1, 2}), "1");
            server.publishValues(BUYPASS_G2, "userCertificate;binary", List.of(new byte[0]), "1");
            server.publish(BUYPASS_CA_3, certificate(0), "1");
            LdapString all = string(BUYPASS, CUT_OFF, "(pssUniqueIdentifier=100000*)");

            DirectoryAnswer answer = directory.search(all);

            assertThat(answer.certificates()).containsExactlyInAnyOrder(certificate(0), certificate(1), certificate(2));
            assertThat(answer.malformed())
                    .hasSize(2)
                    .allSatisfy(reason -> assertThat(reason.code()).isEqualTo(ReasonCode.MALFORMED_CERTIFICATE));
        }
    }

    @Test
    void certificateWithAnotherSerialThanItsEntrySays_isNotTheOneThatWasNamed() throws Exception {
        try (SandboxDirectory server = SandboxDirectory.start();
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            server.publish(BUYPASS_G2, certificate(1), certificate(0).serial().toString());
            DirectoryAnswer answer = directory.search(string(BUYPASS, BUYPASS_G2, serial(certificate(0))));

            assertThat(answer.certificates()).isEmpty();
            assertThat(answer.missingSerials()).containsExactly(certificate(0).serial());
        }
    }

    @Test
    void oneEntry_isReadByItsName() throws Exception {
        try (SandboxDirectory server = SandboxDirectory.start(SandboxDirectoryProfile.BUYPASS);
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            server.publish(BUYPASS_G2, certificate(0));
            LdapString entry = ((LdapStringReading.Readable) LdapStringReader.read(
                            "ldap://" + BUYPASS + "/pssUniqueIdentifier=1000001," + BUYPASS_G2.replace(" ", "%20")))
                    .string();

            assertThat(directory.search(entry).certificates()).containsExactly(certificate(0));
            assertThat(directory
                            .search(string(BUYPASS, BUYPASS_G2, "(pssUniqueIdentifier=1000001)"))
                            .certificates())
                    .containsExactly(certificate(0));
        }
    }
}
