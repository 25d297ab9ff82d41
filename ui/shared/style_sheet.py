"""The one style sheet, made of the tokens of ``ui/shared/theme.py``; it holds no value of its own."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_SHEET = Template("""
QWidget { font-size: ${type_body}px; }
QToolTip { color: $text; background: $card; border: 1px solid $edge; padding: ${half}px; font-size: ${type_small}px; }

QLabel[look="title"] { font-size: ${type_title}px; font-weight: 600; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="quiet"], QLabel:disabled { color: $quiet; }
QLabel[look="small"] { font-size: ${type_small}px; color: $quiet; }
QLabel[look="code"] { font-size: ${type_code}px; font-weight: 600; }
QLabel[look="see"] { color: $see; font-weight: 600; }
QLabel[look="control"] { color: $control; font-weight: 600; }
QLabel[look="well"] { color: $well; }
QLabel[look="stop"] { color: $stop; font-weight: 600; }
QLabel[look="notice"] { background: $card; border: 1px solid $edge; border-radius: ${radius}px; padding: ${step}px; }
QLabel[look="warning"] {
    background: $card; color: $stop; border: 1px solid $stop; border-radius: ${radius}px; padding: ${step}px; }

QFrame[look="card"] { background: $card; border: 1px solid $line; border-radius: ${card_radius}px; }
QFrame[look="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QPushButton, QToolButton {
    color: $text; background: $card; border: 1px solid $edge; border-radius: ${radius}px;
    padding: ${half}px ${step}px; margin: 1px; min-height: ${control_inner}px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked { background: $hover; }
QPushButton:disabled, QToolButton:disabled { color: $quiet; background: $window; border: 1px solid $line; }
QPushButton[look="compact"] { min-height: ${compact_inner}px; font-size: ${type_small}px; }
QPushButton[look="primary"] { color: $on_primary; background: $primary; border-color: $primary; font-weight: 600; }
QPushButton[look="stop"] { color: $on_stop; background: $stop_fill; border-color: $stop_fill; font-weight: 600; }
QPushButton[look="stop-quiet"] { color: $stop; border-color: $stop; font-weight: 600; }
QPushButton[look="primary"]:disabled, QPushButton[look="stop"]:disabled, QPushButton[look="stop-quiet"]:disabled {
    color: $quiet; background: $window; border: 1px solid $line; }
QPushButton:focus, QToolButton:focus { border: ${ring}px solid $focus; margin: 0px; }

QLineEdit, QPlainTextEdit, QTextEdit, QListView, QTreeView, QTableView, QComboBox, QAbstractSpinBox {
    color: $text; background: $field; border: 1px solid $edge; border-radius: ${radius}px;
    padding: ${half}px; margin: 1px;
    placeholder-text-color: $quiet; selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${control_inner}px; }
QAbstractSpinBox QLineEdit {
    border: none; background: transparent; margin: 0; padding: 0 ${half}px; min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QListView:disabled,
QAbstractSpinBox:disabled {
    color: $quiet; background: $window; border: 1px solid $line; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QListView:focus, QTreeView:focus, QTableView:focus,
QComboBox:focus, QAbstractSpinBox:focus { border: ${ring}px solid $focus; margin: 0px; }
QListView::item { padding: ${half}px; }
QListView::item:selected { color: $on_primary; background: $primary; }
QComboBox::drop-down { border: none; width: ${double}px; subcontrol-position: center right; right: ${half}px; }
QComboBox::down-arrow { image: url("$arrow_icon"); width: ${double}px; height: ${double}px; }
QComboBox QAbstractItemView { background: $card; color: $text; border: 1px solid $edge; }

QCheckBox, QRadioButton {
    spacing: ${step}px; padding: ${ring}px; border: ${ring}px solid transparent; border-radius: ${radius}px; }
QCheckBox:disabled, QRadioButton:disabled { color: $quiet; }
QCheckBox:focus, QRadioButton:focus { border: ${ring}px solid $focus; }
QCheckBox::indicator, QRadioButton::indicator {
    width: ${double}px; height: ${double}px; background: $field; border: 1px solid $edge; }
QCheckBox::indicator { border-radius: ${half}px; }
QCheckBox::indicator:checked { background: $primary; border-color: $primary; image: url("$check_icon"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $window; border: 1px solid $line; }
QCheckBox::indicator:checked:disabled { background: $quiet; border: 1px solid $quiet; }
QRadioButton::indicator { border-radius: ${radio}px; }
QRadioButton::indicator:checked {
    background: $field; border: ${dot}px solid $primary; width: $dot_core; height: $dot_core; }

QGroupBox {
    border: 1px solid $edge; border-radius: ${card_radius}px; margin-top: ${double}px; padding: ${step}px;
    font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; left: ${step}px; padding: 0 ${half}px; }

QTabBar::tab {
    color: $text; background: $window; padding: ${half}px ${step}px; border: ${ring}px solid transparent;
    border-radius: ${radius}px; }
QTabBar::tab:selected { background: $card; border-bottom: ${ring}px solid $primary; font-weight: 600; }
QTabBar::tab:focus { border: ${ring}px solid $focus; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }

QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: ${step}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${step}px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: ${half}px; min-height: ${height}px; min-width: ${height}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
""")


def style_sheet(values: Mapping[str, str | int]) -> str:
    """The sheet with every token filled in; a token that is missing raises KeyError."""
    inner = int(values["height"]) - 2 * int(values["half"]) - 4
    double, dot = int(values["double"]), int(values["double"]) // 3 + 1
    derived = {
        "control_inner": inner,
        "compact_inner": inner - int(values["step"]),
        "radio": double // 2 + 1,
        "dot": dot,
        "dot_core": f"{double + 2 - 2 * dot}px",
    }
    return _SHEET.substitute({**values, **derived})
