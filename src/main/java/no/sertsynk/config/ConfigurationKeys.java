package no.sertsynk.config;

/** Every key of the configuration file. */
public final class ConfigurationKeys {
    private static final String ADDRESS = "address";
    private static final String ADDRESSES = "address or list";
    private static final String DURATION = "duration";
    private static final String HOSTS = "list of hosts";
    private static final String MOMENT = "day or instant";
    private static final String PATH = "path";
    private static final String PATHS = "list of paths";
    private static final String TEXT = "text";
    private static final String VARIABLE = Key.VARIABLE;
    private static final String WORD = "word";

    /** The keys of the file as a whole. */
    public static final Keys ALL = Keys.of(
            Key.value("environment", WORD, "Decides the default addresses, directories and authorities.")
                    .oneOf("test", "production")
                    .byDefault("production"),
            register(),
            Key.sections(
                    "parties",
                    "Whose certificates are installed; sync and daemon need this key, and an empty list is" + " legal.",
                    Key.value("herId", "positive number", "The HER-id of the communication party.")
                            .required(),
                    Key.value("organizationNumber", "nine digits", "Accepts certificates of this organisation alone.")
                            .otherwise("validation.organization decides")),
            directories(),
            network(),
            Key.section(
                    "trust",
                    "Which certificate authorities are trusted; sync and daemon need this key.",
                    Key.list(
                                    "anchors",
                                    PATHS,
                                    "Files or folders with certificates at which a path may end: self-signed ones or"
                                            + " pinned intermediate ones.")
                            .byDefault("[]"),
                    Key.list("intermediates", PATHS, "Files or folders with certificates that may help to find a path.")
                            .byDefault("[]")),
            Key.section(
                    "validation",
                    "What is asked of a certificate beyond its path.",
                    Key.value(
                                    "organization",
                                    WORD,
                                    "What follows if the organisation number of a certificate is not the party's:"
                                            + " it is refused, or the first one installed decides, or it is told.")
                            .oneOf("require", "remember", "report")
                            .byDefault("remember"),
                    Key.value("minimumRsaBits", "number from 1024 to 16384", "The shortest RSA key that is accepted.")
                            .byDefault("2048")),
            revocation(),
            Key.sections(
                    "keystores",
                    "The files that certificates are installed in; sync and daemon need this key.",
                    keystore()),
            Key.section(
                    "rollover",
                    "How a change of certificate goes.",
                    Key.value(
                                    "keepPrevious",
                                    "until-expiry or duration",
                                    "How long the previous certificate stays beside the current one.")
                            .byDefault("until-expiry"),
                    Key.value(
                                    "maxChange",
                                    "percentage",
                                    "The greatest share of what is installed that one run may remove without"
                                            + " --force.")
                            .byDefault("50%")),
            Key.value("state", PATH, "The folder of the state, of earlier keystores and of revocation lists.")
                    .required(),
            services(),
            Key.section(
                    "schedule",
                    "When the background service works.",
                    Key.value(
                                    "cron",
                                    "cron expression",
                                    "Seconds, minutes, hours, day of month, month and day of week of each run.")
                            .byDefault("\"0 0/15 * * * ?\""),
                    Key.value(
                                    "jitter",
                                    DURATION,
                                    "How much later a run begins at most, by chance, so that not all hosts ask at"
                                            + " once.")
                            .byDefault("2m")),
            admin(),
            Key.section(
                    "log",
                    "How the lines on standard error look.",
                    Key.value(
                                    "format",
                                    WORD,
                                    "Text for people, lines with priorities for the journal, or an object of JSON a"
                                            + " line; auto is journal where systemd's journal reads them, else text.")
                            .oneOf("auto", "text", "journal", "json")
                            .byDefault("auto"),
                    Key.value("level", WORD, "How much is told; the libraries tell problems alone, but for trace.")
                            .oneOf("error", "warn", "info", "debug", "trace")
                            .otherwise("info")));

    private ConfigurationKeys() {}

    private static Key register() {
        return Key.section(
                        "register",
                        "Where it is asked which certificates a party uses.",
                        Key.value(
                                        "source",
                                        WORD,
                                        "How the register is reached, or a list of ways in the order in which they are"
                                                + " asked.")
                                .oneOf("soap", "cpapi", "file")
                                .byDefault("soap"),
                        Key.section(
                                "soap",
                                "Adresseregisteret's SOAP service.",
                                Key.value("url", ADDRESS, "Its address; plain http on loopback alone.")
                                        .otherwise("that of the environment"),
                                Key.value("username", TEXT, "The account at Norsk helsenett.")
                                        .otherwise("a mistake with the source soap"),
                                Key.value("password", VARIABLE, "The account's password in a variable.")
                                        .otherwise("passwordFile"),
                                Key.value("passwordFile", PATH, "A file with the account's password alone.")
                                        .otherwise("password")),
                        Key.section(
                                "cpapi",
                                "Adresseregisteret's REST service.",
                                Key.value(
                                                "url",
                                                ADDRESS,
                                                "Its address, /api/v1 if it has no path; plain http on loopback alone.")
                                        .otherwise("that of the environment"),
                                Key.value("eventsUrl", ADDRESS, "Where changes are told."),
                                Key.value("tokenIssuer", ADDRESS, "Who gives the tokens for it.")
                                        .otherwise("HelseID of the environment"),
                                Key.value("clientId", TEXT, "The client's name at the token issuer.")
                                        .otherwise("a mistake with the source cpapi"),
                                Key.value(
                                                "jwkFile",
                                                PATH,
                                                "A file with the client's private key: a JWK, a set of them, or PEM;"
                                                        + " read anew for each token.")
                                        .otherwise("a mistake with the source cpapi"),
                                Key.value("keyId", TEXT, "The name of a key in PEM, which has none itself."),
                                Key.value("scope", TEXT, "What the token is asked for.")
                                        .byDefault("\"nhn:cp-api/access-v2-dpop\""),
                                Key.value(
                                                "model",
                                                WORD,
                                                "Which data model is read: the simplified one has certificates, the"
                                                        + " legacy one LDAP strings.")
                                        .oneOf("simplified", "legacy")
                                        .byDefault("simplified"),
                                Key.section(
                                        "paths",
                                        "Paths below the address, with {herId} in them.",
                                        Key.value("party", TEXT, "A party in the simplified model.")
                                                .otherwise("communicationparty/{herId}"),
                                        Key.value("legacy", TEXT, "A party in the legacy model.")
                                                .otherwise("communicationparty/{herId}/legacy, which is a guess"),
                                        Key.value("signing", TEXT, "A party's signature certificate.")
                                                .otherwise("certificate/{herId}/signing"),
                                        Key.value("encryption", TEXT, "A party's encryption certificate.")
                                                .otherwise("certificate/{herId}/encryption")),
                                Key.value("callsInFlight", "number from 1 to 256", "How many calls are made at once.")
                                        .byDefault("16"),
                                Key.value(
                                                "callsPerSecond",
                                                "number from 1 to 100000",
                                                "How many calls begin in a second.")
                                        .byDefault("500")),
                        Key.section(
                                "file",
                                "Parties from a file, without any service.",
                                Key.value("path", PATH, "The file, a YAML list of parties.")
                                        .otherwise("a mistake with the source file")),
                        Key.value("timeout", DURATION, "How long an answer is waited for, ten minutes at most.")
                                .byDefault("10s"))
                .required();
    }

    private static Key directories() {
        return Key.section(
                "directories",
                "Which directories are asked, and how.",
                Key.list(
                                "allow",
                                HOSTS,
                                "The hosts that an LDAP string may name, as host:port for another port than 389 or"
                                        + " 636.")
                        .otherwise("those of the environment"),
                Key.map(
                        "hostMap",
                        "addresses by host",
                        "Where an allowed host is reached instead: a proxy, a translated address or a test."),
                Key.value("connectionsPerHost", "number from 1 to 32", "How many connections one directory gets.")
                        .byDefault("2"),
                Key.value("timeout", DURATION, "How long an answer is waited for, ten minutes at most.")
                        .byDefault("10s"));
    }

    private static Key network() {
        return Key.section(
                "network",
                "The way out of this host.",
                Key.value(
                                "proxy",
                                ADDRESS,
                                "The http proxy for the register, revocation lists and answers, and webhooks.")
                        .otherwise("none"),
                Key.list("noProxy", HOSTS, "Hosts that are reached without it.").byDefault("[]"),
                Key.value("caFile", PATH, "A PEM file with the authorities that HTTPS servers are trusted by.")
                        .otherwise("those of Java"));
    }

    private static Key revocation() {
        return Key.section(
                "revocation",
                "Whether and where it is asked if a certificate was revoked.",
                Key.value("mode", WORD, "Whether an answer is required, used where there is one, or not asked for.")
                        .oneOf("require", "prefer", "off")
                        .byDefault("require"),
                Key.list("allow", HOSTS, "Further hosts that certificates may name for lists, answers and issuers.")
                        .byDefault("[]"),
                Key.value("maxStale", DURATION, "How long past its nextUpdate the last list or answer still counts.")
                        .byDefault("24h"),
                Key.list("order", "list of words", "Which is asked, and which next if the first does not know.")
                        .oneOf("crl", "ocsp")
                        .byDefault("[crl, ocsp]"),
                Key.value("clockSkew", DURATION, "How far the clocks of authorities may be ahead of this host's.")
                        .byDefault("5m"),
                Key.value("recheck", DURATION, "How long a list is used without asking for a newer one.")
                        .byDefault("0s"),
                Key.sections(
                                "ended",
                                "Issuers whose revocation service has ended.",
                                Key.value(
                                                "issuer",
                                                TEXT,
                                                "The issuer's distinguished name, or the SHA-256 of its certificate in"
                                                        + " hexadecimal.")
                                        .required(),
                                Key.value("since", "date", "The day on which the service ended.")
                                        .required())
                        .byDefault("[]"));
    }

    private static Key[] keystore() {
        return new Key[] {
            Key.value("name", WORD, "What commands call it by: letters, digits, '.', '_' and '-'.")
                    .required(),
            Key.value("path", PATH, "The file, or the folder of PEM_DIRECTORY.").required(),
            Key.value("type", WORD, "The format.")
                    .oneOf("PKCS12", "JKS", "BCFKS", "PEM", "PEM_DIRECTORY")
                    .byDefault("PKCS12"),
            Key.value("profile", WORD, "The algorithms of PKCS12; legacy for old clients.")
                    .oneOf("modern", "legacy")
                    .byDefault("modern"),
            Key.value("password", VARIABLE, "The keystore's password in a variable.")
                    .otherwise("passwordFile"),
            Key.value("passwordFile", PATH, "A file with the keystore's password alone; PEM needs none.")
                    .otherwise("password"),
            Key.list("purposes", "list of words", "What the installed certificates are for.")
                    .oneOf("encryption", "signature", "authentication")
                    .byDefault("[encryption, signature]"),
            Key.list("parties", "list of HER-ids", "Whose certificates it holds.")
                    .otherwise("those of all parties"),
            Key.value(
                            "alias",
                            TEXT,
                            "The name of the current certificate's entry, with {herId} and {purpose} filled in.")
                    .byDefault("\"her-{herId}-{purpose}\""),
            Key.value("parallelAlias", TEXT, "The name of the entry of one beside it, with {serial} or {sha256} too.")
                    .otherwise("the alias with -{serial} behind it"),
            Key.value("generations", "number from 0 to 1000", "How many replaced files are kept.")
                    .byDefault("5"),
            Key.sections(
                            "onChange",
                            "Who is told of a change: commands as lists of arguments, or these keys.",
                            Key.list("command", "list of arguments", "The program and its arguments; no shell.")
                                    .otherwise("url"),
                            Key.value("url", ADDRESS, "Where the event is posted to; plain http on loopback alone.")
                                    .otherwise("command"),
                            Key.value("token", VARIABLE, "The bearer token for the address, in a variable."),
                            Key.value("tokenFile", PATH, "A file with that token alone."),
                            Key.value("timeout", DURATION, "How long it may take, ten minutes at most.")
                                    .byDefault("60s"))
                    .typed("list of commands")
                    .byDefault("[]")
        };
    }

    private static Key services() {
        return Key.sections(
                        "services",
                        "The services whose certificates change; profiles of known ones are delivered.",
                        Key.value("name", WORD, "What it is called: letters, digits, '.', '_' and '-'.")
                                .required(),
                        Key.value("environment", WORD, "Where the service is.")
                                .oneOf("test", "production")
                                .otherwise("that of the file"),
                        Key.value(
                                        "kind",
                                        WORD,
                                        "Whether its certificates are those of parties that messages are exchanged"
                                                + " with, or this host connects to it.")
                                .oneOf("messages", "direct")
                                .required(),
                        Key.list("parties", "list of HER-ids", "Its parties, which stand under parties too.")
                                .otherwise("a mistake with the kind messages"),
                        Key.value("oldUrl", ADDRESSES, "Where it presents an old certificate."),
                        Key.value("newUrl", ADDRESSES, "Where it presents a new certificate."),
                        Key.list(
                                "oldCertificates", PATHS, "Files or folders with the old certificates, in PEM or DER."),
                        Key.list("newCertificates", PATHS, "Files or folders with the new ones."),
                        Key.section(
                                "milestones",
                                "When what happens; a day begins at midnight in Norway.",
                                Key.value(
                                        "published",
                                        MOMENT,
                                        "The new certificates are published; where no file tells the new from the"
                                                + " old, one that is valid from before then is old."),
                                Key.value("parallelFrom", MOMENT, "From then on both are in use."),
                                Key.value("oldOff", MOMENT, "The old ones are switched off.")))
                .byDefault("[]");
    }

    private static Key admin() {
        return Key.section(
                "admin",
                "Where the background service answers the commands.",
                Key.value("listen", "host:port", "Its own address; one beyond loopback needs tls.")
                        .byDefault("\"127.0.0.1:8474\""),
                Key.value("tokenFile", PATH, "The file with the token, made with the mode 0600 if it is not there.")
                        .otherwise("admin.token in the state folder"),
                Key.section(
                        "tls",
                        "What the service proves itself with.",
                        Key.value("certificateFile", PATH, "Its certificate and the chain, in PEM.")
                                .required(),
                        Key.value("keyFile", PATH, "Its private key, PKCS #8 in PEM.")
                                .required()),
                Key.list("names", HOSTS, "Further names under which clients may reach it.")
                        .byDefault("[]"));
    }
}
