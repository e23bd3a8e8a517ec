package no.sertsynk.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import no.sertsynk.config.Mistake;
import no.sertsynk.config.PartyFile;
import no.sertsynk.directory.LdapStringReader;
import no.sertsynk.directory.LdapStringReading;
import no.sertsynk.model.HerId;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.file.FileRegister;
import no.sertsynk.validation.TrustFiles;

/** The parties of a file that was written by hand, with the certificates that it names. */
final class HandWrittenParties {
    private static final long MAX_CERTIFICATE_FILE = 1024 * 1024;

    private final Path file;
    private final PartyFile.Result.Loaded loaded;

    private HandWrittenParties(Path file, PartyFile.Result.Loaded loaded) {
        this.file = file;
        this.loaded = loaded;
    }

    /** @throws UsageException with every mistake of the file */
    static HandWrittenParties read(Path file, Function<String, Optional<String>> environment) throws UsageException {
        return switch (PartyFile.read(file, environment)) {
            case PartyFile.Result.Loaded loaded -> new HandWrittenParties(file, loaded);
            case PartyFile.Result.Refused(List<Mistake> mistakes) ->
                throw new UsageException(mistakes.stream().map(Object::toString).toList());
        };
    }

    /** The files whose changes are changes of the parties; the file alone while it has mistakes. */
    static Set<Path> files(Path file, Function<String, Optional<String>> environment) {
        Set<Path> files = new LinkedHashSet<>(Set.of(file));
        if (PartyFile.read(file, environment) instanceof PartyFile.Result.Loaded loaded) {
            files.addAll(loaded.certificateFiles());
        }
        return files;
    }

    FileRegister register() {
        return new FileRegister(file, loaded.entries().stream().map(this::entry).toList());
    }

    /** What an administrator should look at, one line each: it is the trouble of one party, not of all. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>(
                loaded.warnings().stream().map(Mistake::toString).toList());
        for (PartyFile.Entry written : loaded.entries()) {
            entry(written).trouble().ifPresent(reason -> warnings.add(reason.message()));
            for (String text : written.ldapStrings()) {
                if (LdapStringReader.read(text) instanceof LdapStringReading.Unreadable(String error)) {
                    warnings.add(file.getFileName() + ": HER-id " + written.herId()
                            + ": expected an LDAP string (RFC 4516), found one that cannot be read: " + error);
                }
            }
        }
        return warnings;
    }

    private FileRegister.Entry entry(PartyFile.Entry written) {
        List<PartnerCertificate> certificates = new ArrayList<>();
        Optional<Reason> trouble = Optional.empty();
        for (PartyFile.Named named : written.certificates()) {
            try {
                certificates.addAll(certificates(named.file()));
            } catch (IOException e) {
                // Not answered, like a register that is down: nothing is concluded from a file that is away.
                trouble = Optional.of(trouble(
                        ReasonCode.REGISTER_UNAVAILABLE, written.herId(), named, String.valueOf(e.getMessage())));
            } catch (MalformedCertificateException e) {
                trouble = Optional.of(trouble(
                        e.reason().code(), written.herId(), named, e.reason().message()));
            }
        }
        return new FileRegister.Entry(
                written.herId(),
                written.name(),
                written.organizationNumber(),
                written.ldapStrings(),
                certificates,
                trouble);
    }

    private static List<PartnerCertificate> certificates(Path file) throws IOException, MalformedCertificateException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("none there");
        }
        if (Files.size(file) > MAX_CERTIFICATE_FILE) {
            throw new MalformedCertificateException(Reason.of(
                    ReasonCode.LIMIT_EXCEEDED,
                    "expected at most " + MAX_CERTIFICATE_FILE + " bytes, found " + Files.size(file)));
        }
        List<PartnerCertificate> certificates = TrustFiles.readFile(file);
        if (certificates.isEmpty()) {
            throw new MalformedCertificateException("expected certificates (PEM or DER), found none");
        }
        return certificates;
    }

    private static Reason trouble(ReasonCode code, HerId herId, PartyFile.Named named, String found) {
        return Reason.of(
                code,
                named.place() + ": expected a certificate (PEM or DER) of HER-id " + herId + " in " + named.file()
                        + ", found: " + found + "; put it there, or take the name out");
    }
}
