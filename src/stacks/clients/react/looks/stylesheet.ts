/**
 * Classes of the stylesheet, by the names that the templates use, where more than one class makes
 * the look. Every other name is its own class: `cardTitle` is `billing-card-title`.
 */
const COMPOSED: Readonly<Record<string, string>> = {
  buttonPrimary: 'billing-button billing-button-primary',
  buttonSecondary: 'billing-button',
  buttonDanger: 'billing-button billing-button-danger',
  buttonQuiet: 'billing-button billing-button-quiet',
  offerNote: 'billing-note billing-offer-note',
  usageControls: 'billing-header billing-usage-controls',
  planMeters: 'billing-note billing-plan-meters',
  dialogActions: 'billing-actions billing-dialog-actions',
  offerHighlighted: 'billing-offer billing-offer-highlighted',
  fieldNumber: 'billing-field-input billing-field-number',
  usageCursor: 'billing-usage-grid',
}

/** The stylesheet's classes for a look: 'billing-card-title'. */
export function classNameOf(look: string): string {
  const kebab = look.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return COMPOSED[look] ?? `billing-${kebab}`
}
