/**
 * The TypeScript parser that ts-morph carries. It is large: import this module dynamically, where
 * there is code to read.
 */
export { ts } from 'ts-morph'
