#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <string>

namespace ephor::tests {

struct TlsFiles {
    std::string certificate;
    std::string key;
};

/// Writes a new key and a certificate for `names` ("IP:127.0.0.1,DNS:localhost") that it signs itself.
inline TlsFiles makeSelfSigned(const std::string& folder, const std::string& stem, const std::string& names)
{
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, void (*)(X509*)> certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3'600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3'600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* const name = X509_get_subject_name(certificate.get());
    const auto* const common = reinterpret_cast<const unsigned char*>("ephor test");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
    X509_add_ext(certificate.get(), extension, -1);
    X509_EXTENSION_free(extension);
    X509_sign(certificate.get(), key.get(), EVP_sha256());

    TlsFiles files{folder + "/" + stem + ".crt", folder + "/" + stem + ".key"};
    if (std::FILE* const file = std::fopen(files.certificate.c_str(), "wb")) {
        PEM_write_X509(file, certificate.get());
        std::fclose(file);
    }
    if (std::FILE* const file = std::fopen(files.key.c_str(), "wb")) {
        PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(file);
    }
    return files;
}

}
