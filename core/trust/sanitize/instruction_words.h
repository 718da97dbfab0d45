#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::sanitize {

/// What a word can be in a sentence that gives orders to a model. A word may be several.
namespace wording {
using Classes = std::uint64_t;
constexpr Classes overriding = 1ULL << 0; ///< ignore, vergiss, oubliez, olvida
constexpr Classes prior = 1ULL << 1; ///< previous, vorherigen, précédentes, anteriores
constexpr Classes orders = 1ULL << 2; ///< instructions, Anweisungen, consignes, instrucciones
constexpr Classes everything = 1ULL << 3;
constexpr Classes negation = 1ULL << 4;
constexpr Classes your = 1ULL << 5;
constexpr Classes you = 1ULL << 6;
constexpr Classes now = 1ULL << 7; ///< in "from now on", too
constexpr Classes showing = 1ULL << 8; ///< reveal, print, zeige, affiche, muestra
constexpr Classes systemWord = 1ULL << 9; ///< system, hidden, initial
constexpr Classes prompt = 1ULL << 10; ///< prompt and nothing else
constexpr Classes sending = 1ULL << 11; ///< send, forward, sende, envoie, envía
constexpr Classes secret = 1ULL << 12; ///< password, credentials, Zugangsdaten, contraseñas
constexpr Classes secrets = 1ULL << 13; ///< several at once: passwords, credentials
constexpr Classes address = 1ULL << 14; ///< what stands before :// or @
constexpr Classes toward = 1ULL << 15; ///< to, an, à, a
constexpr Classes telling = 1ULL << 16; ///< tell, inform, mention
constexpr Classes user = 1ULL << 17;
constexpr Classes nothing = 1ULL << 18; ///< nichts, rien, nada
constexpr Classes doing = 1ULL << 19; ///< do, ne, no: what begins an order not to
constexpr Classes pretending = 1ULL << 20; ///< pretend, act, roleplay
constexpr Classes unbound = 1ULL << 21; ///< DAN, unrestricted, jailbroken
constexpr Classes model = 1ULL << 22; ///< AI, assistant, chatbot
constexpr Classes ending = 1ULL << 23; ///< end, Ende, fin
constexpr Classes toolWord = 1ULL << 24;
constexpr Classes result = 1ULL << 25; ///< output, result
constexpr Classes conversation = 1ULL << 26; ///< conversation, chat, transcript
constexpr Classes linkPart = 1ULL << 27; ///< url, image, query
constexpr Classes adding = 1ULL << 28; ///< append, include, encode
constexpr Classes being = 1ULL << 29; ///< are, bist, êtes, eres
constexpr Classes answering = 1ULL << 30; ///< respond, answer, behave, obey
constexpr Classes of = 1ULL << 31;
constexpr Classes systemPrompt = 1ULL << 32; ///< in one word, as in German
}

/// A word of a text that means something here, or a bound that no sentence crosses.
struct InstructionWord {
    std::uint32_t start = 0; ///< bytes of the text
    std::uint32_t end = 0;
    std::uint32_t number = 0; ///< of all words of the text, so that those without meaning count as distance
    wording::Classes classes = 0; ///< 0: a sentence ends here
};

/// The words with a meaning, in order. `text` is in its matching form.
std::vector<InstructionWord> instructionWords(std::string_view text);

}
