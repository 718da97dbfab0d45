#include "core/trust/detect/candidate/personal_entities.h"

#include <algorithm>

namespace ephor::detect {

namespace {

constexpr EntityText entityTexts[] = {
    {"CREDIT_CARD", "Card number", EntityClass::Financial,
        "credit|card|visa|mastercard|cc|amex|american "
        "express|!discover|jcb|diners|maestro|+unionpay|instapayment|+pan|+kreditkarte|+karte|+carte|+tarjeta|+carta",
        true},
    {"IBAN_CODE", "IBAN", EntityClass::Financial,
        "iban|bank|!transaction|+account|+konto|+bankverbindung|+compte|+cuenta", true},
    {"CRYPTO", "Crypto wallet", EntityClass::Financial, "wallet|btc|bitcoin|crypto|+ethereum", true},
    {"EMAIL_ADDRESS", "E-mail address", EntityClass::Personal, "email|e-mail|+mail", true},
    {"PHONE_NUMBER", "Phone number", EntityClass::Personal,
        "phone|!number|telephone|cell|cellphone|mobile|call|+tel|+fax|+whatsapp|+telefon|+telefonnummer|+handy|+mobil|+"
        "anruf|+rufnummer|+téléphone|+portable|+teléfono|+móvil|+telefono|+cellulare|+telefoon|+puhelin",
        true},
    {"PERSON", "Name of a person", EntityClass::Personal,
        "name|names|named|called|customer|client|patient|employee|signed|dear|hi|hello|regards|sincerely|from|contact",
        true},
    {"LOCATION", "Place", EntityClass::Personal, "", true},
    {"DATE_TIME", "Date or time", EntityClass::Technical,
        "date|birthday|+born|+dob|+geb|+geboren|+geburtsdatum|+naissance|+nacimiento|+nascita", true},
    {"IP_ADDRESS", "IP address", EntityClass::Technical, "ip|ipv4|ipv6", true},
    {"MAC_ADDRESS", "MAC address", EntityClass::Technical, "mac|mac address|hardware address|physical address|ethernet",
        true},
    {"URL", "Link", EntityClass::Technical, "url|website|link|+site", true},
    {"US_SSN", "US social security number", EntityClass::Personal, "!social|!security|ssn|ssns|ssid|social security",
        true},
    {"US_ITIN", "US taxpayer number (ITIN)", EntityClass::Personal, "!individual|taxpayer|itin|tax|!payer|taxid|!tin",
        true},
    {"US_PASSPORT", "US passport", EntityClass::Personal, "!us|!united|!states|passport|passport#|travel|!document",
        true},
    {"US_DRIVER_LICENSE", "US driver licence", EntityClass::Personal,
        "driver|license|+licence|!permit|lic|!identification|dls|cdls|lic#|driving|driver's|+drivers|+dl", true},
    {"US_BANK_NUMBER", "US bank account", EntityClass::Financial,
        "!check|account|account#|acct|bank|!save|debit|+savings|a/c", true},
    {"ABA_ROUTING_NUMBER", "US bank routing number", EntityClass::Financial,
        "aba|routing|abarouting|!association|bankrouting|+rtn", false},
    {"US_NPI", "US health provider number (NPI)", EntityClass::Personal,
        "npi|national provider|!provider|npi number|provider id|provider identifier|taxonomy", false},
    {"US_MBI", "US Medicare number (MBI)", EntityClass::Personal, "medicare|mbi|beneficiary|cms|medicaid|hic|hicn",
        false},
    {"MEDICAL_LICENSE", "US medical licence (DEA)", EntityClass::Personal, "medical|!certificate|dea|+prescriber",
        true},
    {"CA_SIN", "Canadian social insurance number", EntityClass::Personal,
        "sin|sin number|social insurance|social insurance number|canada|nas|numéro nas|numéro d'assurance "
        "sociale|assurance sociale|+canadian",
        false},
    {"UK_NHS", "UK health service number (NHS)", EntityClass::Personal,
        "national health service|nhs|health services authority|health authority|+patient", true},
    {"UK_NINO", "UK national insurance number", EntityClass::Personal, "national insurance|ni number|nino|+ni", false},
    {"UK_PASSPORT", "UK passport", EntityClass::Personal,
        "passport|passport number|travel document|uk passport|british passport|her majesty|his majesty|hm "
        "passport|hmpo",
        false},
    {"UK_DRIVING_LICENCE", "UK driving licence", EntityClass::Personal,
        "driving licence|driving license|driver's licence|driver's license|dvla|dl number|licence number|license "
        "number",
        false},
    {"UK_POSTCODE", "UK postcode", EntityClass::Personal,
        "postcode|post code|postal code|zip|address|delivery|mailing|shipping|correspondence|+street|+road", false},
    {"UK_VEHICLE_REGISTRATION", "UK number plate", EntityClass::Personal,
        "vehicle|registration|number plate|licence plate|license plate|reg|vrn|dvla|v5c|logbook|!mot|!car|insured "
        "vehicle|+plate",
        false},
    {"DE_TAX_ID", "German tax identification number", EntityClass::Personal,
        "steueridentifikationsnummer|steuer-id|steuerid|steuerliche identifikationsnummer|steuerliche "
        "identifikation|persönliche identifikationsnummer|steuer identifikation|idnr|steuer-idnr|steuernummer|bzst|tax "
        "id|+tin",
        false},
    {"DE_TAX_NUMBER", "German tax number", EntityClass::Personal,
        "steuernummer|steuer-nr|steuer "
        "nr|st.-nr|st-nr|finanzamt|umsatzsteuer|einkommensteuer|körperschaftsteuer|gewerbesteuer|steuerveranlagung|"
        "steuerbescheid|tax number",
        false},
    {"DE_VAT_ID", "German VAT number", EntityClass::Financial,
        "umsatzsteuer-identifikationsnummer|umsatzsteueridentifikationsnummer|ust-idnr|ust-id|ustidnr|umsatzsteuer-id|"
        "mehrwertsteuer|vat|vat-id|vat id|steueridentifikation|bzst|bundeszentralamt für "
        "steuern|finanzamt|invoice|rechnung",
        false},
    {"DE_ID_CARD", "German identity card", EntityClass::Personal,
        "personalausweis|ausweis|personalausweisnummer|ausweisnummer|ausweisdokument|dokumentennummer|seriennummer|npa|"
        "neuer personalausweis|personalausweisgesetz|pauwsg|bundespersonalausweis|identity card|national id|id card",
        false},
    {"DE_PASSPORT", "German passport", EntityClass::Personal,
        "reisepass|pass|passnummer|reisepassnummer|passport|passport number|pass-nr|dokumentennummer|bundesrepublik "
        "deutschland|ausweisdokument|mrz",
        false},
    {"DE_SOCIAL_SECURITY", "German pension insurance number", EntityClass::Personal,
        "rentenversicherungsnummer|sozialversicherungsnummer|versicherungsnummer|rvnr|svnr|sv-nummer|rente|"
        "rentenversicherung|deutsche "
        "rentenversicherung|drv|sozialversicherung|sozialversicherungsausweis|rentenausweis|social security",
        false},
    {"DE_HEALTH_INSURANCE", "German health insurance number", EntityClass::Personal,
        "krankenversicherungsnummer|krankenversichertennummer|versichertennummer|kvnr|krankenkasse|krankenversicherung|"
        "gesundheitskarte|egk|elektronische gesundheitskarte|gkv|gesetzliche "
        "krankenversicherung|krankenversicherungsausweis|versichertenausweis|versichertenkarte|aok|tkk|barmer|dak|"
        "health insurance",
        false},
    {"DE_LANR", "German physician number", EntityClass::Personal,
        "arztnummer|lanr|lebenslange arztnummer|arzt-nr|arzt nr|arzt-nummer|vertragsarzt|kassenarzt|niedergelassener "
        "arzt|kbv|kassenärztliche vereinigung|kv-nummer|rezept|verschreibung|behandelnder arzt|hausarzt|facharzt",
        false},
    {"DE_BSNR", "German medical practice number", EntityClass::Personal,
        "betriebsstättennummer|betriebsstätten-nummer|bsnr|betriebsstätte|praxisnummer|arztpraxis|praxis|"
        "kassenärztliche vereinigung|kv-nummer|kv "
        "nummer|praxisadresse|praxisstandort|nebenbetriebsstätte|hauptbetriebsstätte|behandlungsort|vertragsarztpraxis",
        false},
    {"DE_FUEHRERSCHEIN", "German driving licence", EntityClass::Personal,
        "führerscheinnummer|führerschein|fahrerlaubnis|fahrerlaubnisnummer|fahrerlaubnisklasse|führerscheininhaber|fev|"
        "kba|kraftfahrt-bundesamt|driving licence|driving license|driver's license|licence number|license "
        "number|dokument nr|dokument-nr|feld 5",
        false},
    {"DE_HANDELSREGISTER", "German commercial register number", EntityClass::Financial,
        "handelsregister|handelsregisternummer|amtsgericht|registergericht|hra|hrb|hr-nummer|registerauszug|"
        "handelsregistereintrag|!firma|gesellschaft|gmbh|!ag|!ug|!kg|ohg|einzelkaufmann|einzelkauffrau|"
        "handelsregisterblattnummer",
        false},
    {"DE_KFZ", "German number plate", EntityClass::Personal,
        "kennzeichen|kfz-kennzeichen|kraftfahrzeugkennzeichen|nummernschild|fahrzeugkennzeichen|zulassung|kfz|fahrzeug|"
        "!auto|pkw|lkw|fahrzeugschein|fahrzeugbrief|zulassungsbescheinigung|amtliches kennzeichen|licence "
        "plate|license plate|number plate",
        false},
    {"DE_PLZ", "German postcode", EntityClass::Personal,
        "plz|postleitzahl|postanschrift|adresse|wohnort|!ort|wohnanschrift|lieferadresse|rechnungsadresse|straße|"
        "strasse|hausnummer|postfach|bundesland|!gemeinde|!stadt|!dorf",
        false},
    {"ES_NIF", "Spanish identity number (NIF)", EntityClass::Personal,
        "documento nacional de identidad|dni|nif|identificación", false},
    {"ES_NIE", "Spanish foreigner number (NIE)", EntityClass::Personal,
        "número de identificación de extranjero|nie|+extranjero", false},
    {"ES_PASSPORT", "Spanish passport", EntityClass::Personal, "pasaporte|passport|número de pasaporte|passport number",
        false},
    {"IT_FISCAL_CODE", "Italian fiscal code", EntityClass::Personal, "codice fiscale|cf", false},
    {"IT_VAT_CODE", "Italian VAT number", EntityClass::Financial, "piva|p.iva|partita iva|pi|+iva|+vat", false},
    {"IT_DRIVER_LICENSE", "Italian driving licence", EntityClass::Personal,
        "patente|patente di guida|licenza|licenza di guida", false},
    {"IT_IDENTITY_CARD", "Italian identity card", EntityClass::Personal,
        "!carta|identità|!elettronica|cie|!documento|riconoscimento|espatrio|carta d'identità", false},
    {"IT_PASSPORT", "Italian passport", EntityClass::Personal,
        "passaporto|!elettronico|!italiano|!viaggio|!viaggiare|!estero|!documento|dogana", false},
    {"FI_PERSONAL_IDENTITY_CODE", "Finnish identity code", EntityClass::Personal,
        "hetu|henkilötunnus|personbeteckningen|personal identity code", false},
    {"PL_PESEL", "Polish identity number (PESEL)", EntityClass::Personal, "pesel", false},
    {"SE_PERSONNUMMER", "Swedish identity number", EntityClass::Personal,
        "personnummer|svenskt personnummer|svensk id|ssn|personal identity number|samordningsnummer", false},
    {"SE_ORGANISATIONSNUMMER", "Swedish organisation number", EntityClass::Financial,
        "organisationsnummer|orgnr|org nr|företagsnummer", false},
    {"TR_NATIONAL_ID", "Turkish identity number", EntityClass::Personal,
        "tc kimlik|kimlik no|kimlik numarası|tckn|tc no|nüfus cüzdanı|national id|turkish id|türk kimlik|+kimlik",
        false},
    {"TR_LICENSE_PLATE", "Turkish number plate", EntityClass::Personal,
        "plaka|araç plakası|plaka numarası|kayıt plakası|tr plaka|license plate|number plate|plate|taşıt plakası|kayıt",
        false},
    {"AU_ABN", "Australian business number", EntityClass::Financial, "australian business number|abn", false},
    {"AU_ACN", "Australian company number", EntityClass::Financial, "australian company number|acn", false},
    {"AU_TFN", "Australian tax file number", EntityClass::Personal, "tax file number|tfn", false},
    {"AU_MEDICARE", "Australian Medicare number", EntityClass::Personal, "medicare", false},
    {"IN_AADHAAR", "Indian identity number (Aadhaar)", EntityClass::Personal, "aadhaar|+aadhar|uidai", false},
    {"IN_PAN", "Indian tax number (PAN)", EntityClass::Personal, "permanent account number|pan", false},
    {"IN_GSTIN", "Indian goods and services tax number", EntityClass::Financial,
        "gstin|gst|goods and services tax|tax identification|gst number|gst registration", false},
    {"IN_PASSPORT", "Indian passport", EntityClass::Personal, "passport|indian passport|passport number", false},
    {"IN_VOTER", "Indian voter card", EntityClass::Personal, "voter|epic|elector photo identity card", false},
    {"IN_VEHICLE_REGISTRATION", "Indian number plate", EntityClass::Personal,
        "rto|vehicle|plate|registration|number plate|+car", false},
    {"SG_NRIC_FIN", "Singaporean identity number", EntityClass::Personal, "fin|fin#|nric|nric#", false},
    {"SG_UEN", "Singaporean entity number", EntityClass::Financial,
        "uen|unique entity number|business registration|acra", false},
    {"KR_RRN", "Korean resident number", EntityClass::Personal,
        "korean rrn|korean resident registration number|resident registration number|rrn|rrn#|+주민등록번호|+주민번호",
        false},
    {"KR_FRN", "Korean foreigner number", EntityClass::Personal,
        "외국인등록번호|korean frn|frn|foreigner registration number|korean foreigner registration number|외국인번호",
        false},
    {"KR_BRN", "Korean business number", EntityClass::Financial,
        "사업자등록번호|사업자번호|사업자|brn|business registration number|korean brn|business number|tax registration "
        "number",
        false},
    {"KR_DRIVER_LICENSE", "Korean driving licence", EntityClass::Personal,
        "운전면허|운전면허번호|면허번호|korean driver license|korean driver's license", false},
    {"KR_PASSPORT", "Korean passport", EntityClass::Personal,
        "korean passport|korean passport number|대한민국 여권|여권|passport|passport number", false},
    {"TH_TNIN", "Thai identity number", EntityClass::Personal,
        "thai national id|thai id number|tnin|เลขประจำตัวประชาชน|เลขบัตรประชาชน|รหัสปชช", false},
    {"ZA_ID_NUMBER", "South African identity number", EntityClass::Personal,
        "id|identity|identity number|id number|south african id|rsa id|smart id|national id", false},
    {"NG_NIN", "Nigerian identity number", EntityClass::Personal,
        "nin|national identification number|national identity number|nimc|national identity|nigeria id|nigerian "
        "identification",
        false},
    {"NG_VEHICLE_REGISTRATION", "Nigerian number plate", EntityClass::Personal,
        "plate number|vehicle registration|license plate|number plate|plate|vehicle|registration", false},
    {"PH_TIN", "Philippine taxpayer number", EntityClass::Personal,
        "tin|taxpayer identification number|bir|taxpayer id|tax id|rdo|revenue district office", false},
};

}

std::span<const EntityText> personalEntities()
{
    return entityTexts;
}

std::uint32_t personalEntity(std::string_view name)
{
    const auto entities = personalEntities();
    return std::uint32_t(std::ranges::find_if(entities, [&](const EntityText& entity) { return entity.name == name; })
        - entities.begin());
}

}
