package no.sertsynk.keystore.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.PartnerCertificate;

/**
 * A folder of PEM files: sertsynk's are named {@code ALIAS.pem} and hold nothing but the certificate of that name, marked as
 * in a bundle. All else is foreign. Immutable.
 */
public final class FolderImage implements Holdings {
    /** How the names of sertsynk's files end. */
    public static final String ENDING = ".pem";

    private static final Pattern FILE_NAME = Pattern.compile("[a-z0-9_-][a-z0-9._-]{0,199}");

    private final Map<String, PartnerCertificate> own;
    private final List<String> foreign;
    private final HashLinks links;
    private final HashLinks.Present present;
    private final boolean exists;

    private FolderImage(
            boolean exists, Map<String, PartnerCertificate> own, List<String> foreign, HashLinks.Present present) {
        this.exists = exists;
        this.own = own;
        this.foreign = foreign;
        this.present = present;
        this.links = HashLinks.plan(hashes(own), present);
    }

    public static FolderImage absent() {
        return new FolderImage(
                false, Map.of(), List.of(), new HashLinks.Present(Set.of(), Map.of(), Set.of(), Set.of()));
    }

    /** Reads files and remembers their certificates, so that they are parsed once. For one thread. */
    public static final class Reader {
        private final PemFormat format = new PemFormat();

        /**
         * @param names of everything in the folder
         * @param files with the ending of sertsynk's
         * @param links symbolic links with their targets
         * @param dangling those that lead nowhere
         */
        public FolderImage read(
                Set<String> names, Map<String, byte[]> files, Map<String, String> links, Set<String> dangling) {
            Map<String, PartnerCertificate> own = new HashMap<>();
            Set<String> ownFiles = new HashSet<>();
            files.forEach((name, content) -> read(name, content).ifPresent(certificate -> {
                own.put(alias(name), certificate);
                ownFiles.add(name);
            }));
            List<String> foreign = names.stream()
                    .filter(name -> name.endsWith(ENDING) && !ownFiles.contains(name))
                    .map(FolderImage::alias)
                    .toList();
            return new FolderImage(true, own, foreign, new HashLinks.Present(names, links, dangling, ownFiles));
        }

        /** Empty for a file that is not, or no longer, exactly as sertsynk writes it: then it is somebody else's. */
        private Optional<PartnerCertificate> read(String name, byte[] content) {
            try {
                List<PemSegment> segments =
                        new PemReading(new String(content, StandardCharsets.ISO_8859_1), format).segments();
                return segments.size() == 1
                                && segments.getFirst() instanceof PemSegment.Own(String alias, PartnerCertificate read)
                                && alias.equals(alias(name))
                        ? Optional.of(read)
                        : Optional.empty();
            } catch (KeystoreException e) {
                return Optional.empty();
            }
        }
    }

    @Override
    public KeystoreContents contents() {
        return new KeystoreContents(exists, own, Set.of(), !links.isEmpty());
    }

    @Override
    public List<String> foreignAliases() {
        return foreign;
    }

    @Override
    public Set<String> certificateAliases() {
        return own.keySet();
    }

    @Override
    public Optional<ByteBuffer> certificate(String alias) {
        return Optional.ofNullable(own.get(alias)).map(certificate -> ByteBuffer.wrap(certificate.der()));
    }

    /** The steps that let OpenSSL find everything once the change is made. */
    public HashLinks links(KeystoreChange due) {
        Map<String, PartnerCertificate> after = contents().with(due).certificates();
        return due.isEmpty() ? links : HashLinks.plan(hashes(after), present);
    }

    /** All of sertsynk's as one bundle, which is how the folder is kept as a generation. */
    public byte[] bundle() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(own).forEach((alias, certificate) -> text.append(text(alias, certificate)));
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * The content of one file.
     *
     * @throws KeystoreException if the alias cannot be the name of a file
     */
    public static byte[] file(String alias, PartnerCertificate certificate) throws KeystoreException {
        if (!FILE_NAME.matcher(alias).matches()) {
            throw new KeystoreException("the alias of a file must be of lower-case letters, digits, '.', '_' and '-',"
                    + " no '.' first and at most 200 characters, found '" + alias + "': change the alias template");
        }
        return text(alias, certificate).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(String alias, PartnerCertificate certificate) {
        return PemEntry.text(new PemSegment.Own(alias, certificate));
    }

    private static Map<String, String> hashes(Map<String, PartnerCertificate> certificates) {
        Map<String, String> hashes = new HashMap<>();
        certificates.forEach((alias, certificate) -> hashes.put(alias + ENDING, SubjectHash.of(certificate.der())));
        return hashes;
    }

    private static String alias(String fileName) {
        return fileName.substring(0, fileName.length() - ENDING.length());
    }
}
