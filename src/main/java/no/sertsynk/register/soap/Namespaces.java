package no.sertsynk.register.soap;

/** The XML namespaces of the register's service and of SOAP. */
final class Namespaces {
    static final String SOAP_1_1 = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String SOAP_1_2 = "http://www.w3.org/2003/05/soap-envelope";
    static final String PARTY = "http://register.nhn.no/CommunicationParty";
    static final String COMMON = "http://register.nhn.no/Common";
    static final String ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays";
    static final String CERTIFICATE = "http://register.nhn.no/CertificateDetails";

    private Namespaces() {}
}
