#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

namespace ephor::ui {

/// Where in the console one is: enough for back, forward, copied links, notices and restoring. Written as
/// "agents/refunds?tab=cost&range=24h#span=7".
///
///     home · inbox/<approval id> · agents/<name>?tab=cost · library/prompts/<name>?version=4 ·
///     policies/matrix?agent=refunds&tool=payments.send · changes/CH-12 · activity/runs/8f3a21?tab=story ·
///     quality · assurance/record/123 · settings/people
struct Route {
    QString place; ///< one of the ten: "home", "inbox", …
    QStringList path = {}; ///< what follows the place, decoded
    QMap<QString, QString> query = {}; ///< without empty values
    QString fragment = {};

    /// Anything is a route; what cannot be read becomes home. Percent escapes are decoded once.
    static Route parse(const QString& text);
    QString format() const;

    /// Part of the path, or an empty string.
    QString at(int index) const { return path.value(index); }
    /// The same route with one query value set, or taken away by an empty one.
    Route with(const QString& key, const QString& value) const;
    /// The same place without query and fragment.
    Route bare() const { return {place, path, {}, {}}; }

    bool operator==(const Route&) const = default;
};

/// "activity/runs/<id>" and so on, so that nobody spells them twice.
namespace routes {
Route home();
Route inbox(const QString& item = {});
Route agent(const QString& name, const QString& tab = {});
/// kind is "agents", "prompts", "models", "tools", "policies" or "protections".
Route definition(const QString& kind, const QString& name);
Route change(const QString& id);
Route run(const QString& id);
Route entry(quint64 index);
Route matrix(const QString& agent = {}, const QString& tool = {});
/// A rule in force by its id, as a verdict names it. The agent tells rules of one id apart.
Route rule(const QString& id, const QString& agent = {});
}

}
