package no.sertsynk.keystore.format;

import no.sertsynk.model.PartnerCertificate;

/** A stretch of a PEM file. */
sealed interface PemSegment {
    /** One certificate of sertsynk's with the lines that name and explain it. */
    record Own(String alias, PartnerCertificate certificate) implements PemSegment {}

    /** Anything else, as it is in the file: each character is one byte. */
    record Foreign(String text) implements PemSegment {}
}
