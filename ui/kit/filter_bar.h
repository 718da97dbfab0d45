#pragma once

#include <QString>
#include <QWidget>
#include <vector>

class QHBoxLayout;

namespace ephor::ui {

class SearchField;

/// A filter in force.
struct Filter {
    QString key;
    QString value;
    bool operator==(const Filter&) const = default;
};

/// The row over a list: a search field that takes "key:value" words, the filters in force, and the screen's own
/// buttons at the right.
class FilterBar : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(const QString& placeholder, QWidget* parent = nullptr);

    void setFilters(const std::vector<Filter>& filters);
    const std::vector<Filter>& filters() const { return m_filters; }
    /// The keys a person may type; others stay free text.
    void setKnownKeys(const QStringList& keys);
    QString text() const;
    /// Words on the right of the field, as "1,204 of 12,846".
    void setCount(const QString& text);
    void addTrailing(QWidget* widget);
    SearchField* field() const { return m_field; }

Q_SIGNALS:
    /// Filters or free text changed.
    void changed();

private:
    void takeTypedFilters();
    void rebuildChips();

    std::vector<Filter> m_filters;
    QStringList m_known;
    SearchField* m_field;
    QHBoxLayout* m_chips;
    QHBoxLayout* m_trailing;
    class Label* m_count;
};

}
