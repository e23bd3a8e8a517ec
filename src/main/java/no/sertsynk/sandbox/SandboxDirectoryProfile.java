package no.sertsynk.sandbox;

import java.util.List;

/**
 * What is particular about one authority's directory.
 *
 * @param bases the trees that are there
 * @param entryName the attribute that an entry is named by
 * @param readsBaseAsPrefix whether the name of an authority in a base may be cut off; else such a base is noSuchObject
 * @param resultCap how many entries a search returns at most, without saying that there are more; 0 for no cap
 * @param hexadecimalSerials whether serial numbers are written in hexadecimal; else a number that is not decimal makes the
 *     whole search fail with noSuchAttribute
 * @param surnameIsSerialNumber whether {@code sn} finds the subject's serialNumber
 */
public record SandboxDirectoryProfile(
        List<String> bases,
        String entryName,
        boolean readsBaseAsPrefix,
        int resultCap,
        boolean hexadecimalSerials,
        boolean surnameIsSerialNumber) {
    /** Buypass' trees in a directory without peculiarities: a base that is not there is noSuchObject, all entries come. */
    public static final SandboxDirectoryProfile STRICT = new SandboxDirectoryProfile(
            List.of(SandboxDirectory.BUYPASS_CA_3, SandboxDirectory.BUYPASS_G2),
            "pssUniqueIdentifier",
            false,
            0,
            false,
            true);

    /** As Buypass' directory behaves. */
    public static final SandboxDirectoryProfile BUYPASS = new SandboxDirectoryProfile(
            List.of(SandboxDirectory.BUYPASS_CA_3, SandboxDirectory.BUYPASS_G2),
            "pssUniqueIdentifier",
            true,
            20,
            false,
            true);

    /** As Commfides' directory behaves. */
    public static final SandboxDirectoryProfile COMMFIDES = new SandboxDirectoryProfile(
            List.of(SandboxDirectory.COMMFIDES_ENTERPRISE, SandboxDirectory.COMMFIDES_G3),
            "uid",
            false,
            0,
            true,
            false);

    public SandboxDirectoryProfile {
        bases = List.copyOf(bases);
    }

    /** The same with these trees. */
    public SandboxDirectoryProfile withBases(List<String> others) {
        return new SandboxDirectoryProfile(
                others, entryName, readsBaseAsPrefix, resultCap, hexadecimalSerials, surnameIsSerialNumber);
    }

    boolean hasPeculiarities() {
        return readsBaseAsPrefix || resultCap > 0;
    }
}
