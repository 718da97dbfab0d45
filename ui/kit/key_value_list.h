#pragma once

#include <QString>
#include <QWidget>

class QGridLayout;

namespace ephor::ui {

class Label;

/// Facts under each other: grey key at the left, value at the right.
class KeyValueList : public QWidget {
    Q_OBJECT

public:
    explicit KeyValueList(int keyWidth = 96, QWidget* parent = nullptr);

    /// Adds a row and returns its value, so that it can be changed later. An empty text shows an em dash.
    Label* addRow(const QString& key, const QString& value);
    /// A row with a widget of its own; takes ownership.
    void addRow(const QString& key, QWidget* value);
    /// A row with the value in the mono face, for ids.
    Label* addMonoRow(const QString& key, const QString& value);
    void clear();

private:
    int m_keyWidth;
    int m_rows = 0;
    QGridLayout* m_grid;
};

/// Facts beside each other, as on the run page: a micro label over its value, in columns that wrap.
class FactGrid : public QWidget {
    Q_OBJECT

public:
    explicit FactGrid(int columns = 4, QWidget* parent = nullptr);

    Label* addFact(const QString& label, const QString& value, const QString& note = {});
    void addFact(const QString& label, QWidget* value, const QString& note = {});
    void clear();

private:
    int m_columns;
    int m_count = 0;
    QGridLayout* m_grid;
};

}
