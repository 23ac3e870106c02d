"""Dictionaries of names: personal data, special categories, cards, secrets. Words are joined, in lower case."""

from collections.abc import Mapping
from typing import Final


def _joined(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONTACT: Final = _joined(
    "email emailaddress mailaddress useremail customeremail phone phonenumber telephone telephonenumber mobilenumber"
    " mobilephone cellphone msisdn faxnumber homephone workphone telefon telefonnummer telefono telefoonnummer"
)
IDENTITY: Final = _joined(
    "firstname lastname givenname familyname surname middlename maidenname fullname"
    " vorname nachname familienname prenom nomdefamille nombre apellido apellidos cognome voornaam achternaam"
    " dateofbirth birthdate birthday dob placeofbirth birthplace geburtsdatum geburtstag datedenaissance"
    " fechadenacimiento geboortedatum datadinascita"
)
GOVERNMENT: Final = _joined(
    "ssn socialsecuritynumber socialinsurancenumber nationalid nationalidnumber nationalinsurancenumber nino"
    " passportnumber passportno driverslicense driverslicensenumber drivinglicensenumber driverlicensenumber"
    " taxpayerid personalidnumber identitycardnumber bsn burgerservicenummer steueridentifikationsnummer"
    " sozialversicherungsnummer codicefiscale curp nif aadhaar aadhaarnumber"
)
FINANCIAL: Final = _joined("iban bankaccountnumber bankaccount creditcardnumber cardnumber")
PLACE: Final = _joined(
    "streetaddress homeaddress postaladdress mailingaddress residentialaddress addressline1 addressline2 streetname"
    " housenumber strasse hausnummer"
)
HEALTH: Final = _joined(
    "healthcondition medicalcondition medicalrecord medicalrecordnumber medicalhistory diagnosis diagnose diagnostic"
    " disease medication bloodtype bloodgroup disability pregnancy pregnant healthinsurancenumber patientid"
    " allergies vaccination"
)
SPECIAL: Final = HEALTH | _joined(
    "religion religiousbelief religiousaffiliation ethnicity ethnicorigin ethnicgroup racialorigin sexualorientation"
    " sexlife gendertransition politicalopinion politicalparty politicalaffiliation tradeunion unionmembership"
    " biometric biometricdata biometrictemplate fingerprintimage faceprint irisscan geneticdata dnasequence"
    " criminalrecord criminalconviction criminaloffence"
)
PERSONAL: Final[Mapping[str, frozenset[str]]] = {
    "contact": CONTACT,
    "identity": IDENTITY,
    "government": GOVERNMENT,
    "financial": FINANCIAL,
    "place": PLACE,
    "special": SPECIAL,
}
# PCI DSS 4.0.1, requirement 3.3.1: never kept after authorisation.
CARD_AUTHENTICATION: Final = _joined(
    "cvv cvv2 cvc cvc2 cid2 cav2 cvvcode cvccode cardverificationvalue cardverificationcode cardsecuritycode"
    " cardvalidationcode securitycodecvv trackdata track1 track2 track1data track2data magneticstripe magstripe"
    " pinblock cardpin encryptedpin"
)
# PCI DSS 4.0.1, requirements 3.4.1 and 3.5.1: the primary account number.
CARD_NUMBER: Final = _joined(
    "pan cardnumber creditcardnumber debitcardnumber paymentcardnumber ccnumber cardpan primaryaccountnumber"
    " kreditkartennummer numerodecarte"
)
PASSWORD: Final = _joined(
    "password passwd passphrase pwd userpassword passwordhash hashedpassword passwordsalt currentpassword newpassword"
    " oldpassword passwort kennwort motdepasse contrasena wachtwoord privatekey secretkey"
)
SECRET: Final = PASSWORD | _joined(
    "secret clientsecret appsecret apisecret sharedsecret apikey accesskey secretaccesskey"
    " totpsecret otpsecret mfasecret recoverycode backupcode"
)
CREDENTIAL_IN_URL: Final = SECRET | _joined(
    "accesstoken authtoken authenticationtoken sessiontoken refreshtoken idtoken bearertoken jwt securitytoken"
    " sessionkey jsessionid phpsessid otp"
)
# What a caller must not be able to set (OWASP API3:2023, CWE-915).
PRIVILEGED: Final = _joined(
    "isadmin isadministrator issuperuser superuser isstaff ismoderator userrole userroles isverified"
    " emailverified isemailverified phoneverified kycstatus isapproved approvedby"
    " accountbalance creditlimit loyaltypoints ispremium isinternal createdby updatedby"
)
