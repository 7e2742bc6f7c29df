import type { Locator, Page } from 'playwright-core'
import { PASSWORD, type Visitor } from './visitor.js'

/** How somebody uses a page. */
export interface Hand {
  name: string
  press(this: void, target: Locator): Promise<void>
  write(this: void, target: Locator, text: string): Promise<void>
}

export const mouse: Hand = {
  name: 'the mouse',
  press: (target) => target.click(),
  write: (target, text) => target.fill(text),
}

export const keyboard: Hand = {
  name: 'the keyboard alone',
  press: async (target) => {
    await tabTo(target)
    await target.page().keyboard.press('Enter')
  },
  write: async (target, text) => {
    await tabTo(target)
    await target.page().keyboard.type(text)
  },
}

const LONGEST_WAY = 60

/** Presses Tab until the target has the focus, and the focus can be seen. */
async function tabTo(target: Locator): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < LONGEST_WAY; presses += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) {
      return expectVisibleFocus(target)
    }
    await target.page().keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${target.toString()}`)
}

async function expectVisibleFocus(target: Locator): Promise<void> {
  const marked = await target.evaluate((element) => {
    const { outlineStyle, boxShadow } = element.ownerDocument.defaultView!.getComputedStyle(element)
    return outlineStyle !== 'none' || boxShadow !== 'none'
  })
  if (!marked) throw new Error(`Nothing shows the focus on ${target.toString()}`)
}

/** The card of a plan. */
export function planCard(page: Page, name: string): Locator {
  return page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, exact: true }) })
}

/** Makes an account with the host's own form. */
export async function signUpByHand(
  { page, email }: Visitor,
  { press, write }: Hand,
): Promise<void> {
  await page.getByLabel('Email').waitFor()
  const other = page.getByRole('link', { name: 'New here? Sign up' })
  if ((await other.count()) > 0) await press(other)
  await write(page.getByLabel('Email'), email)
  await write(page.getByLabel('Password'), PASSWORD)
  await press(page.getByRole('button', { name: 'Sign up' }))
  await page.waitForURL(({ pathname }) => !['/login', '/signup'].includes(pathname))
}
