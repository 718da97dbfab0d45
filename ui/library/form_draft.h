#pragma once

#include <QHash>
#include <QStringList>
#include <QVariant>
#include <QVector>
#include <cstdint>
#include <vector>

class QWidget;

namespace ephor::ui::library {

/// Keeps what stands in the fields of a form for each definition, until it is saved or discarded. Also what cannot be
/// read as a value yet.
class FormDrafts {
public:
    /// The version it was begun from and the one a save expects.
    struct Begun {
        std::uint64_t version = 0;
        std::uint64_t expected = 0;
    };

    /// The parts of the page that hold the fields.
    explicit FormDrafts(std::vector<QWidget*> parts = {});

    void keep(const QString& key, const Begun& begun);
    void forget(const QString& key) { m_drafts.remove(key); }
    bool has(const QString& key) const { return m_drafts.contains(key); }
    /// Puts the kept values into the fields.
    Begun restore(const QString& key) const;
    QStringList keys() const { return m_drafts.keys(); }

private:
    struct Draft {
        QVector<QVariant> values;
        Begun begun;
    };
    std::vector<QWidget*> m_parts;
    QHash<QString, Draft> m_drafts;
};

}
